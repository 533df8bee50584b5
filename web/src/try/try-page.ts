/** `<try-page>`: says what simreg does, and makes a trial case. */

import { html, LitElement, nothing, type TemplateResult } from "lit";

import { Problem, tryOut } from "../page/api.js";
import { recall, remember } from "../page/memory.js";
import { problemNotice } from "../page/views/parts.js";
import { browserLanguage, type Language, language } from "../texts/language.js";
import { PAGE_TEXTS } from "../texts/page.js";

export class TryPage extends LitElement {
  static override properties = { language: { state: true }, busy: { state: true }, problem: { state: true } };

  declare private language: Language;
  declare private busy: boolean;
  declare private problem: Problem | null;

  constructor() {
    super();
    this.language = language(recall("language")) ?? browserLanguage();
    this.busy = false;
    this.problem = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override updated(): void {
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    document.title = `${PAGE_TEXTS[this.language].try.title} · simreg`;
  }

  protected override render(): TemplateResult {
    const texts = PAGE_TEXTS[this.language];
    const t = texts.try;
    return html`<header>
        <div class="top">
          <p class="name">simreg</p>
          <button id="language" type="button" class="quiet" lang=${this.language === "zh" ? "en" : "zh-CN"} @click=${this.#switchLanguage}>
            ${texts.language}
          </button>
        </div>
      </header>
      <main id="main" class="try" data-state="try" aria-busy=${this.busy}>
        <h1 id="title">${t.title}</h1>
        <p class="lead">${t.lead}</p>
        ${this.problem === null ? nothing : problemNotice(this.problem, texts)}
        <div class="buttons stack">
          <button id="try" type="button" class="main" aria-disabled=${this.busy} @click=${this.#begin}>${this.busy ? t.beginning : t.begin}</button>
        </div>
        <h2>${t.how}</h2>
        <ol>
          <li>${t["how-line"]}</li>
          <li>${t["how-document"]}</li>
          <li>${t["how-capture"]}</li>
        </ol>
        <p class="small">${t.privacy}</p>
      </main>
      <footer><a id="staff" href="staff/">${t.staff}</a></footer>`;
  }

  #begin = async () => {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      const link = await tryOut();
      window.location.assign(`r#${link}`);
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem("unknown", -1);
      this.busy = false;
    }
  };

  #switchLanguage = () => {
    this.language = this.language === "zh" ? "en" : "zh";
    remember("language", this.language);
  };
}

customElements.define("try-page", TryPage);
