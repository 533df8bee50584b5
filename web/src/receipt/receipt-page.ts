/** `<receipt-page>`: verifies a receipt in the browser, with nothing but the log's public key. */

import { html, LitElement, nothing, type TemplateResult } from "lit";

import { recall, remember } from "../page/memory.js";
import { browserLanguage, fill, known, type Language, language } from "../texts/language.js";
import { PAGE_TEXTS } from "../texts/page.js";
import { RECEIPT_TEXTS, type ReceiptTexts } from "../texts/receipt.js";
import { Malformed } from "./bytes.js";
import { canVerify, type Key, keyOf } from "./note.js";
import type { Fetch } from "./tree.js";
import { isInLog, shortOf, type Verdict, verify } from "./verify.js";

const MOST_BYTES = 131_072;
const FETCH_MS = 9000;

type Short = "checking" | "found" | "not-found" | "unreachable";

export class ReceiptPage extends LitElement {
  static override properties = Object.fromEntries(
    ["language", "able", "key_", "told", "text", "verdict", "fault", "busy", "short"].map((name) => [name, { state: true }]),
  );

  declare private language: Language;
  declare private able: boolean;
  /** The key in its field, and the one that this server told. */
  declare private key_: string;
  declare private told: string;
  declare private text: string;
  declare private verdict: Verdict | null;
  declare private fault: string | null;
  declare private busy: boolean;
  declare private short: { state: Short; folio: string; index: number } | null;

  constructor() {
    super();
    this.language = language(recall("language")) ?? browserLanguage();
    this.able = true;
    this.key_ = "";
    this.told = "";
    this.text = "";
    this.verdict = null;
    this.fault = null;
    this.busy = false;
    this.short = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#begin();
  }

  override updated(): void {
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    document.title = `${this.#texts.title} · simreg`;
  }

  protected override render(): TemplateResult {
    const texts = this.#texts;
    return html`<header>
        <div class="top">
          <p class="name">simreg</p>
          <button id="language" type="button" class="quiet" lang=${this.language === "zh" ? "en" : "zh-CN"} @click=${this.#switchLanguage}>
            ${PAGE_TEXTS[this.language].language}
          </button>
        </div>
      </header>
      <main id="main" data-state=${this.verdict?.code ?? "asking"} aria-busy=${this.busy} @dragover=${(event: Event) => event.preventDefault()} @drop=${this.#dropped}>
        <h1 id="title">${texts.title}</h1>
        <p class="lead">${texts.lead}</p>
        ${this.able ? nothing : html`<div class="notice warn" role="alert"><strong>${texts.cannot.text}</strong><p>${texts.cannot.remedy}</p></div>`}
        ${this.#shortView(texts)}
        <form @submit=${this.#submitted}>
          <p class="field"><label for="file">${texts.file}</label>
            <input id="file" type="file" accept=".jws,.txt,application/jose,text/plain" aria-describedby="file-hint" @change=${this.#chosen} />
            <span id="file-hint" class="small">${texts["file-hint"]}</span></p>
          <p class="field"><label for="text">${texts.paste}</label>
            <textarea id="text" rows="4" spellcheck="false" autocomplete="off" .value=${this.text} @input=${this.#typed}></textarea></p>
          <p class="field"><label for="key">${texts.key}</label>
            <textarea id="key" rows="2" spellcheck="false" autocomplete="off" aria-describedby="key-hint" .value=${this.key_} @input=${this.#keyTyped}></textarea>
            <span id="key-hint" class="small">${texts["key-hint"]}</span></p>
          <div class="buttons"><button id="verify" class="main" aria-disabled=${this.busy || !this.able}>${this.busy ? texts.working : texts.verify}</button></div>
        </form>
        <div id="outcome" aria-live="polite">${this.#outcome(texts)}</div>
      </main>`;
  }

  #shortView(texts: ReceiptTexts): TemplateResult | typeof nothing {
    if (this.short === null) return nothing;
    const { state, folio, index } = this.short;
    const bad = state === "not-found" || state === "unreachable";
    return html`<section aria-live="polite" data-short=${state}>
      <h2>${texts.short.title}</h2>
      <div class="notice ${bad ? "warn" : ""}"><strong>${fill(texts.short[state], { folio, index })}</strong>
        ${state === "found" ? html`<p>${texts.short.rest}</p><p class="small">${texts["from-server"]}</p>` : nothing}</div>
    </section>`;
  }

  #outcome(texts: ReceiptTexts): TemplateResult | typeof nothing {
    if (this.fault !== null) return html`<div class="notice warn"><strong>${this.fault}</strong></div>`;
    if (this.verdict === null) return nothing;
    const { code, leaf } = this.verdict;
    const good = code === "verified";
    return html`<div class="notice ${good ? "" : "warn"}" data-code=${code}><strong>${texts.codes[code]}</strong>
        ${good && this.key_.trim() === this.told ? html`<p class="small">${texts["from-server"]}</p>` : nothing}</div>
      ${leaf === null ? nothing : this.#record(texts, this.verdict)}`;
  }

  #record(texts: ReceiptTexts, { leaf, opened, index, log }: Verdict): TemplateResult {
    const it = { ...leaf, ...opened, index, log } as Record<string, unknown>;
    const rows = Object.entries(texts.fields).flatMap(([name, label]) => {
      const value = it[name];
      if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return [];
      return [[name, label, this.#shown(texts, name, value)] as const];
    });
    return html`<section class="slip" aria-label=${texts.record}><h2>${texts.record}</h2>
      <dl>${rows.map(([name, label, value]) => html`<div data-field=${name}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></section>`;
  }

  #shown(texts: ReceiptTexts, name: string, value: unknown): string {
    if (name === "at") return new Date(Number(value) * 1000).toISOString().replace("T", " ").replace(".000Z", " UTC");
    if (name === "outcome") return known<string>(texts.outcomes, String(value)) ?? String(value);
    if (name === "line" && /^[0-9a-f]{64}$/.test(String(value))) return "–";
    const words = PAGE_TEXTS[this.language].movements;
    const all = (Array.isArray(value) ? value : [value]).map((one) => known<string>(words, String(one)) ?? String(one));
    return all.join(this.language === "zh" ? "、" : ", ");
  }

  async #begin(): Promise<void> {
    this.able = await canVerify();
    try {
      this.told = new TextDecoder().decode(await fetchLog("key")).trim();
      if (this.key_ === "") this.key_ = this.told;
    } catch {
      this.told = "";
    }
    if (this.able && window.location.hash.length > 1) await this.#lookUp(window.location.hash);
  }

  async #lookUp(fragment: string): Promise<void> {
    try {
      const { folio, index, hash } = shortOf(fragment);
      this.short = { state: "checking", folio, index };
      let state: Short;
      try {
        state = (await isInLog(fetchLog, await keyOf(this.key_), index, hash)) ? "found" : "not-found";
      } catch {
        state = "unreachable";
      }
      this.short = { state, folio, index };
    } catch {
      this.short = null;
    }
  }

  async #judge(): Promise<void> {
    if (this.busy || !this.able) return;
    this.busy = true;
    this.fault = null;
    this.verdict = null;
    try {
      const key: Key | null = this.key_.trim() === "" ? null : await keyOf(this.key_);
      this.verdict = await verify(this.text, key);
    } catch (error) {
      this.fault = error instanceof Malformed ? this.#texts["key-wrong"] : String(error);
    }
    this.busy = false;
  }

  async #take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    if (file.size > MOST_BYTES) {
      this.verdict = null;
      this.fault = this.#texts["too-large"];
      return;
    }
    this.text = (await file.text()).trim();
    await this.#judge();
  }

  #submitted = (event: Event) => {
    event.preventDefault();
    void this.#judge();
  };

  #chosen = (event: Event) => void this.#take((event.target as HTMLInputElement).files?.[0]);

  #dropped = (event: DragEvent) => {
    event.preventDefault();
    void this.#take(event.dataTransfer?.files[0]);
  };

  #typed = (event: Event) => {
    this.text = (event.target as HTMLTextAreaElement).value;
  };

  #keyTyped = (event: Event) => {
    this.key_ = (event.target as HTMLTextAreaElement).value;
  };

  #switchLanguage = () => {
    this.language = this.language === "zh" ? "en" : "zh";
    remember("language", this.language);
  };

  get #texts(): ReceiptTexts {
    return RECEIPT_TEXTS[this.language];
  }
}

const fetchLog: Fetch = async (path) => {
  const answer = await fetch(`log/${path}`, { credentials: "omit", signal: AbortSignal.timeout(FETCH_MS) });
  if (!answer.ok) throw new Error(String(answer.status));
  return new Uint8Array(await answer.arrayBuffer());
};

customElements.define("receipt-page", ReceiptPage);
