/** The texts of what is held of a person. */

import en from "./data.en.json";
import zh from "./data.zh.json";
import type { Language } from "./language.js";

export type DataTexts = typeof en;

export const DATA_TEXTS: Record<Language, DataTexts> = { en, zh };
