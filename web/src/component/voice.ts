/** Reads the words aloud, where the browser can and the person wants it. */

import type { Language } from "../texts/language.js";

const TAGS: Record<Language, string> = { en: "en-GB", zh: "zh-CN" };

export const canSpeak = (): boolean => "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;

/** Say a text now; whatever is being said stops. */
export function speak(text: string, language: Language): void {
  if (!canSpeak()) return;
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = TAGS[language];
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(spoken);
}

export function hush(): void {
  if (canSpeak()) window.speechSynthesis.cancel();
}
