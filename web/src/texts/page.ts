/** The page's texts, typed by the English ones; reasons and errors are keyed by the server's codes. */

import enAnswers from "./answers.en.json";
import zhAnswers from "./answers.zh.json";
import type { Language } from "./language.js";
import enPage from "./page.en.json";
import zhPage from "./page.zh.json";

const en = { ...enPage, ...enAnswers };
const zh = { ...zhPage, ...zhAnswers };

export type PageTexts = typeof en;

export const PAGE_TEXTS: Record<Language, PageTexts> = { en, zh };

/** The version of the wording in `consent` and `retention`; raise it with every change of what the subscriber agrees to. */
export const CONSENT_VERSION = "2026-11";
