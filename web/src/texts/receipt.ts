/** The texts of receipts, typed by the English ones; codes are those of `simreg receipt verify`. */

import type { Language } from "./language.js";
import en from "./receipt.en.json";
import zh from "./receipt.zh.json";

export type ReceiptTexts = typeof en;

export const RECEIPT_TEXTS: Record<Language, ReceiptTexts> = { en, zh };
