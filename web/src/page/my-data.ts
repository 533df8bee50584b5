/** `<my-data>`: what is held of the person of this case, with what they can do about it; no face is needed. */

import { html, LitElement, nothing, type TemplateResult } from "lit";

import { DATA_TEXTS, type DataTexts } from "../texts/data.js";
import { fill, known, type Language } from "../texts/language.js";
import { PAGE_TEXTS } from "../texts/page.js";
import type { Erased, Held, HeldCase } from "./api.js";

/** What the element asks of the server. */
export interface Rights {
  holdings(): Promise<Held>;
  erase(): Promise<Erased>;
  dispute(line: string, reason: string): Promise<void>;
}

export class MyData extends LitElement {
  static override properties = {
    language: { attribute: "lang" },
    rights: { attribute: false },
    held: { state: true },
    erased: { state: true },
    failed: { state: true },
    busy: { state: true },
    asked: { state: true },
  };

  declare language: Language;
  declare rights: Rights | null;
  declare private held: Held | null;
  declare private erased: Erased | null;
  declare private failed: boolean;
  declare private busy: boolean;
  /** The line that is being disputed, or `forget`. */
  declare private asked: string | null;

  constructor() {
    super();
    this.language = "en";
    this.rights = null;
    this.held = null;
    this.erased = null;
    this.failed = false;
    this.busy = false;
    this.asked = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const texts = DATA_TEXTS[this.language];
    return html`<details id="my-data" class="unprinted" @toggle=${this.#toggled}>
      <summary>${texts.open}</summary>
      <div aria-live="polite" aria-busy=${this.busy}>${this.#content(texts)}</div>
    </details>`;
  }

  #content(texts: DataTexts): TemplateResult {
    if (this.failed) return html`<p>${texts.failed}</p><button id="data-again" type="button" class="quiet" @click=${this.#load}>${texts.again}</button>`;
    if (this.held === null) return html`<p>${texts.loading}</p>`;
    return html`<p>${texts.lead}</p>
      ${this.erased === null ? nothing : this.#erasure(texts, this.erased)}
      <ul class="held">${this.held.cases.map((one) => this.#case(texts, one))}</ul>
      <div class="buttons">
        <button id="data-save" type="button" class="quiet" @click=${this.#save}>${texts.save}</button>
        ${this.asked === "forget" ? nothing : html`<button id="data-forget" type="button" class="quiet" @click=${() => this.#ask("forget")}>${texts.forget}</button>`}
      </div>
      ${
        this.asked === "forget"
          ? html`<p>${texts["forget-lead"]}</p>
            <div class="buttons stack">
              <button id="data-forget-yes" type="button" class="danger" aria-disabled=${this.busy} @click=${this.#forget}>${texts["forget-yes"]}</button>
              <button type="button" @click=${() => this.#ask(null)}>${texts.cancel}</button>
            </div>`
          : nothing
      }`;
  }

  #case(texts: DataTexts, one: HeldCase): TemplateResult {
    const words = PAGE_TEXTS[this.language].transactions;
    const rows: [string, string][] = [
      [texts.opened, this.#at(one.openedAt)],
      [texts.state, known<string>(texts.states, one.state) ?? one.state],
      ...(one.onSince === null ? [] : [[texts.on, this.#at(one.onSince)] as [string, string]]),
      ...(one.consentText === null ? [] : [[texts.consent, one.consentText] as [string, string]]),
      [texts.attempts, String(one.attempts)],
    ];
    const may = one.frozenSince === null && (one.state === "activated" || one.state === "accepted");
    return html`<li data-line=${one.line}>
      <strong class="number">${one.line}</strong> ${known<string>(words, one.transaction) ?? one.transaction}
      <dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${one.frozenSince === null ? nothing : html`<p class="notice" data-frozen>${fill(texts.frozen, { at: this.#at(one.frozenSince) })}</p>`}
      ${may && this.asked !== one.line ? html`<button type="button" class="link" data-dispute @click=${() => this.#ask(one.line)}>${texts.dispute}</button>` : nothing}
      ${may && this.asked === one.line ? this.#disputeForm(texts, one.line) : nothing}
    </li>`;
  }

  #disputeForm(texts: DataTexts, line: string): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.#dispute(event, line)}>
      <p><label for="dispute-reason">${texts.reason}</label>
        <select id="dispute-reason" name="reason">${Object.entries(texts.reasons).map(([code, text]) => html`<option value=${code}>${text}</option>`)}</select></p>
      <p class="small">${texts["freeze-hint"]}</p>
      <div class="buttons stack">
        <button class="danger" data-freeze aria-disabled=${this.busy}>${texts.freeze}</button>
        <button type="button" @click=${() => this.#ask(null)}>${texts.cancel}</button>
      </div>
    </form>`;
  }

  #erasure(texts: DataTexts, told: Erased): TemplateResult {
    return html`<div id="data-erased" class="notice" role="status"><strong>${fill(texts.forgotten, { count: told.erased.length })}</strong>
      ${
        told.kept.length === 0
          ? nothing
          : html`<p>${texts.kept}</p>
            <ul>${told.kept.map((one) => html`<li><span class="number">${one.folio}</span>: ${known<string>(texts.why, one.why) ?? one.why}${one.until === null ? nothing : html` (${fill(texts.until, { at: this.#at(one.until) })})`}</li>`)}</ul>`
      }</div>`;
  }

  #at(time: string): string {
    const tag = this.language === "zh" ? "zh-CN" : "en-GB";
    return new Intl.DateTimeFormat(tag, { dateStyle: "medium" }).format(new Date(time));
  }

  #ask(what: string | null): void {
    this.asked = what;
  }

  #toggled = (event: Event) => {
    if ((event.target as HTMLDetailsElement).open && this.held === null) void this.#load();
  };

  #load = () => this.#doing(async (rights) => {
    this.held = await rights.holdings();
  });

  #forget = () => this.#doing(async (rights) => {
    this.erased = await rights.erase();
    this.asked = null;
    this.held = await rights.holdings();
  });

  #dispute(event: SubmitEvent, line: string): void {
    event.preventDefault();
    const reason = String(new FormData(event.target as HTMLFormElement).get("reason") ?? "other");
    void this.#doing(async (rights) => {
      await rights.dispute(line, reason);
      this.asked = null;
      this.held = await rights.holdings();
    });
  }

  async #doing(act: (rights: Rights) => Promise<void>): Promise<void> {
    if (this.busy || this.rights === null) return;
    this.busy = true;
    this.failed = false;
    try {
      await act(this.rights);
    } catch {
      this.failed = true;
    }
    this.busy = false;
  }

  #save = () => {
    const file = URL.createObjectURL(new Blob([JSON.stringify(this.held?.all ?? {}, null, 2)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = file;
    link.download = "my-data.json";
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(file), 60_000);
  };
}

customElements.define("my-data", MyData);

declare global {
  interface HTMLElementTagNameMap {
    "my-data": MyData;
  }
}
