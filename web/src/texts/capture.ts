/** The component's texts, typed by the English ones and keyed by the server's codes. */

import en from "./capture.en.json";
import zh from "./capture.zh.json";
import type { Language } from "./language.js";

export type CaptureTexts = typeof en;

export const CAPTURE_TEXTS: Record<Language, CaptureTexts> = { en, zh };
