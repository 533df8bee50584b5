/** `<registration-page>`: the subscriber's page. It shows what the server's case says and carries out what is asked. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import { AttemptOver, TokenError } from "../capture/capture.js";
import type { PortraitCapture } from "../component/portrait-capture.js";
import { browserLanguage, fill, known, type Language, language } from "../texts/language.js";
import { CONSENT_VERSION, PAGE_TEXTS, type PageTexts } from "../texts/page.js";
import { Api, Problem } from "./api.js";
import type { DocumentPicture } from "./document/document-picture.js";
import "./document/document-picture.js";
import { attemptNumber, BEGINNING, type Event as Told, type Model, readAgain, reduce, type Screen, screenOf, stepOf } from "./machine.js";
import { recall, remember } from "./memory.js";
import { againView, documentView, elsewhereView, lockedView, readyView, settlingView } from "./views/capture.js";
import { cannotView, consentView, ratherNotView, withdrawView } from "./views/consent.js";
import { type Acts, heading, type Piece, problemNotice, type View } from "./views/parts.js";
import { plainView, resultView } from "./views/results.js";

const TICK_MS = 1000;

export class RegistrationPage extends LitElement {
  static override properties = { model: { state: true }, language: { state: true } };

  declare private model: Model;
  declare private language: Language;
  #chosen = false;
  /** Whether this window has had a token for the attempt, and whether the attempt may not be taken up again. */
  #begun = false;
  #worn = false;
  #api = new Api("");
  #reading = false;
  #read = 0;
  #tick = 0;
  #shown: Screen | null = null;

  constructor() {
    super();
    this.model = BEGINNING;
    const stored = language(recall("language"));
    this.#chosen = stored !== null;
    this.language = stored ?? browserLanguage();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.#opened);
    document.addEventListener("visibilitychange", this.#back);
    this.#tick = window.setInterval(() => this.#clock(), TICK_MS);
    this.#opened();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.#opened);
    document.removeEventListener("visibilitychange", this.#back);
    window.clearInterval(this.#tick);
    window.clearTimeout(this.#read);
  }

  override updated(changed: PropertyValues): void {
    const screen = screenOf(this.model);
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    document.title = `${this.querySelector("h1")?.textContent ?? ""} · ${this.#texts.name}`;
    if (changed.has("model") && screen !== this.#shown) {
      if (this.#shown !== null && this.#shown !== "loading") this.#focusTitle();
      this.#shown = screen;
    }
  }

  protected override render(): TemplateResult {
    const screen = screenOf(this.model);
    return html`${this.#header()}
      <main id="main" class=${screen} data-state=${screen} data-case-state=${this.model.case?.state ?? nothing} aria-busy=${this.model.busy !== null}>
        ${this.#steps()} ${this.model.case === null || !this.model.linkGood ? nothing : problemNotice(this.model.problem, this.#texts)} ${this.#screen(screen)}
      </main>
      ${this.#footer()}`;
  }

  #header(): TemplateResult {
    const [texts, it] = [this.#texts, this.model.linkGood ? this.model.case : null];
    return html`<header>
      <div class="top">
        <p class="name">${texts.name}</p>
        <button id="language" type="button" class="quiet" lang=${this.language === "zh" ? "en" : "zh-CN"} @click=${this.#switchLanguage}>
          ${texts.language}
        </button>
      </div>
      ${
        it === null
          ? nothing
          : html`<div class="stub">
              <p><span class="unseen">${texts.header.line} </span><strong id="line" class="number">${it.line}</strong></p>
              <p id="transaction">${known<string>(texts.transactions, it.transaction) ?? it.transaction}</p>
              <p id="attempts" data-used=${it.attempts.used} data-of=${it.attempts.of}>${this.#attempts(texts)}</p>
              ${it.demo ? html`<p class="demo">${texts.header.demo}</p>` : nothing}
            </div>`
      }
    </header>`;
  }

  #attempts(texts: PageTexts): string {
    const it = this.model.case;
    if (it === null) return "";
    const screen = screenOf(this.model);
    const runs = stepOf(this.model) !== "result" && screen !== "again" && screen !== "locked";
    const { used, of } = it.attempts;
    if (!runs || used >= of) return fill(texts.header.attempts, { used, of });
    return fill(texts.header.attempt, { number: attemptNumber(it), of });
  }

  #steps(): Piece {
    const now = stepOf(this.model);
    if (now === null) return nothing;
    const { label, ...names } = this.#texts.steps;
    const all = Object.entries(names);
    const at = all.findIndex(([name]) => name === now);
    return html`<nav aria-label=${label}><ol class="steps">
      ${all.map(([name, text], place) => html`<li data-step=${name} class=${place < at ? "done" : place === at ? "now" : ""} aria-current=${place === at ? "step" : nothing}>${text}</li>`)}
    </ol></nav>`;
  }

  #screen(screen: Screen): TemplateResult {
    const { model, language } = this;
    const plain = { model, texts: this.#texts, language, acts: this.#acts };
    if (model.case === null || !model.linkGood) return plainView(screen, plain);
    const view: View = { ...plain, case: model.case };
    switch (screen) {
      case "consent":
        return consentView(view);
      case "cannot":
        return cannotView(view);
      case "rather-not":
        return ratherNotView(view);
      case "withdraw":
        return withdrawView(view);
      case "document":
        return documentView(view);
      case "ready":
        return readyView(view);
      case "capture":
        return this.#captureView();
      case "settling":
        return settlingView(view);
      case "elsewhere":
        return elsewhereView(view);
      case "again":
        return againView(view);
      case "locked":
        return lockedView(view);
      case "loading":
      case "trouble":
      case "no-link":
      case "link-unknown":
        return plainView(screen, plain);
      default:
        return resultView(screen, view);
    }
  }

  #captureView(): TemplateResult {
    return html`<div class="unseen">${heading(this.#texts.capture.title)}</div>
      <portrait-capture lang=${this.language} autostart endpoint="v1/capture" .tokens=${this.#tokens}
        ?voice=${recall("voice") === "on"}
        @capture-ready=${(event: CustomEvent<{ attempt: number; of: number }>) => this.#tell({ type: "capture-ready", ...event.detail })}
        @capture-done=${this.#captureDone} @capture-left=${this.#captureLeft}></portrait-capture>`;
  }

  #footer(): TemplateResult {
    const texts = this.#texts;
    const may = this.model.linkGood && (this.model.case?.next.includes("withdraw") ?? false);
    const shown = may && !this.model.capturing && screenOf(this.model) !== "withdraw";
    return html`<footer>
      <p>${texts.footer.privacy}</p>
      ${shown ? html`<button id="withdraw" type="button" class="link" @click=${() => this.#tell({ type: "panel", panel: "withdraw" })}>${this.model.case?.state === "created" ? texts.withdraw["link-before"] : texts.withdraw.link}</button>` : nothing}
    </footer>`;
  }

  get #texts(): PageTexts {
    return PAGE_TEXTS[this.language];
  }

  #tell(event: Told): void {
    this.model = reduce(this.model, event);
    this.#plan();
  }

  /** Read the case again after a while, where it may change by itself. */
  #plan(): void {
    window.clearTimeout(this.#read);
    const wait = readAgain(this.model);
    if (wait !== null) this.#read = window.setTimeout(() => void this.#readCase(), wait);
  }

  #clock(): void {
    if (this.model.case?.lockedUntil != null) this.#tell({ type: "clock", at: Date.now() });
  }

  #opened = () => {
    const link = window.location.hash.slice(1);
    this.#api = new Api(link);
    this.#tell({ type: "link", link: /^srl_[\w-]+$/.test(link) ? link : null });
    const kept = recall(`cannot ${link.slice(-8)}`);
    if (kept) this.#tell({ type: "cannot", actions: kept.split(" ") });
    if (this.model.link !== null) void this.#readCase();
  };

  #back = () => {
    if (document.visibilityState === "visible" && readAgain(this.model) !== null) void this.#readCase();
  };

  async #readCase(): Promise<void> {
    if (this.#reading || document.visibilityState === "hidden") return this.#plan();
    this.#reading = true;
    const api = this.#api;
    try {
      const view = await api.case();
      if (api !== this.#api) return;
      if (!this.#chosen) this.language = language(view.language) ?? this.language;
      this.#tell({ type: "case", case: view, at: Date.now() });
    } catch (error) {
      if (api === this.#api) this.#tell({ type: "failed", problem: asProblem(error) });
    } finally {
      this.#reading = false;
    }
  }

  /** Do something and read the case; what the server refuses is shown beside how the case stands. */
  async #act(name: string, work: () => Promise<unknown>): Promise<void> {
    if (this.model.busy !== null) return;
    this.#tell({ type: "act", act: name });
    try {
      await work();
      this.#tell({ type: "acted" });
    } catch (error) {
      const problem = asProblem(error);
      this.#tell({ type: "failed", problem });
      if (problem.status !== 409) return;
    }
    await this.#readCase();
  }

  #acts: Acts = {
    agree: () => void this.#act("consent", () => this.#api.consent(CONSENT_VERSION, this.language)),
    open: (panel) => this.#tell({ type: "panel", panel }),
    chooseAlternative: (reason) => void this.#act("alternative", () => this.#api.alternative(reason)),
    cannot: (action, on) => {
      const others = this.model.cannot.filter((one) => one !== action);
      const actions = on ? [...others, action] : others;
      this.#tell({ type: "cannot", actions });
      remember(`cannot ${this.model.link?.slice(-8)}`, actions.join(" "));
    },
    picture: (picture) => void this.#sendPicture(picture),
    pictureNew: () => this.#tell({ type: "document-new" }),
    begin: () => {
      this.#begun = this.#worn = false;
      this.#tell({ type: "capture" });
    },
    withdraw: () => void this.#act("withdrawal", () => this.#api.withdraw()),
    receipt: () => this.#api.receipt(),
    rights: {
      holdings: () => this.#api.holdings(),
      erase: () => this.#api.erase(),
      dispute: (line, reason) => this.#api.dispute(line, reason),
    },
    reload: () => void this.#readCase(),
  };

  async #sendPicture(picture: Blob): Promise<void> {
    await this.#act("reference", async () => {
      const { problem } = await this.#api.reference(picture);
      this.#tell({ type: "document-answered", problem });
    });
    const { problem, documentProblem } = this.model;
    const refused = documentProblem !== null || (problem !== null && !problem.passing);
    if (refused) this.querySelector<DocumentPicture>("document-picture")?.reset();
  }

  /** The capture's tokens: the first begins or takes up an attempt; later ones only take it up again. */
  #tokens = async () => {
    try {
      if (this.#begun) {
        const { state, attempts } = await this.#api.case();
        this.#worn = state === "capturing" && attempts.restartsLeft <= 0;
        if (state !== "capturing" || this.#worn) throw new AttemptOver();
      }
      const { token, url } = await this.#api.attempt(this.model.cannot);
      this.#begun = true;
      return url === "" ? { token } : { token, url };
    } catch (error) {
      if (error instanceof AttemptOver) throw error;
      const { code, detail, remedy, passing } = asProblem(error);
      throw new TokenError(code, `${detail} ${remedy}`.trim() || null, passing);
    }
  };

  #captureDone = (event: Event) => {
    this.#keepVoice(event);
    this.#tell(this.#worn ? { type: "capture-left", code: "restarts-used" } : { type: "capture-done" });
    void this.#readCase();
  };

  #captureLeft = (event: CustomEvent<{ code: string | null }>) => {
    this.#keepVoice(event);
    this.#tell({ type: "capture-left", code: event.detail.code });
    void this.#readCase();
  };

  #keepVoice(event: Event): void {
    remember("voice", (event.target as PortraitCapture).voice ? "on" : "off");
  }

  #switchLanguage = () => {
    this.language = this.language === "zh" ? "en" : "zh";
    this.#chosen = true;
    remember("language", this.language);
  };

  #focusTitle(): void {
    window.scrollTo({ top: 0 });
    this.querySelector<HTMLElement>("#title")?.focus({ preventScroll: true });
  }
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem("unknown", -1);
}

customElements.define("registration-page", RegistrationPage);
