/** `<receipt-slip>`: the receipt of the last attempt, to save and to print. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import { fill, type Language } from "../texts/language.js";
import { RECEIPT_TEXTS } from "../texts/receipt.js";

export interface Received {
  /** The JWS, and the QR code as SVG. */
  text: string;
  picture: string;
}

export class ReceiptSlip extends LitElement {
  static override properties = { language: { attribute: "lang" }, folio: {}, attempt: { type: Number }, fetcher: { attribute: false }, received: { state: true }, failed: { state: true } };

  declare language: Language;
  declare folio: string;
  /** The attempt's number: with another one the receipt is fetched anew. */
  declare attempt: number;
  declare fetcher: (() => Promise<Received>) | null;
  declare private received: Received | null;
  declare private failed: boolean;

  constructor() {
    super();
    this.language = "en";
    this.folio = "";
    this.attempt = 0;
    this.fetcher = null;
    this.received = null;
    this.failed = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("attempt") && this.fetcher !== null) void this.#load();
  }

  protected override render(): TemplateResult {
    const texts = RECEIPT_TEXTS[this.language].slip;
    if (this.failed) {
      return html`<p class="small" role="status">${texts.failed}</p>
        <button id="receipt-again" type="button" class="quiet" @click=${this.#load}>${texts.again}</button>`;
    }
    if (this.received === null) return html`<p class="small" role="status">${texts.waiting}</p>`;
    const address = new URL("receipt", document.baseURI).href;
    return html`<div class="qr" role="img" aria-label=${texts.qr}>${drawn(this.received.picture) ?? nothing}</div>
      <p class="small">${fill(texts.how, { address })}</p>
      <div class="buttons unprinted">
        <button id="receipt-save" type="button" class="quiet" @click=${this.#save}>${texts.save}</button>
        <button id="receipt-print" type="button" class="quiet" @click=${() => window.print()}>${texts.print}</button>
      </div>`;
  }

  #load = async () => {
    if (this.fetcher === null) return;
    this.failed = false;
    this.received = null;
    try {
      this.received = await this.fetcher();
    } catch {
      this.failed = true;
    }
  };

  #save = () => {
    if (this.received === null) return;
    const file = URL.createObjectURL(new Blob([this.received.text], { type: "application/jose" }));
    const link = document.createElement("a");
    link.href = file;
    link.download = `receipt-${this.folio}-${this.attempt}.jws`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(file), 60_000);
  };
}

/** A drawing of squares as an element of the page; null for anything else. */
function drawn(picture: string): Node | null {
  const root = new DOMParser().parseFromString(picture, "image/svg+xml").documentElement;
  if (root.localName !== "svg" || root.querySelector(":not(path, title, desc)") !== null) return null;
  root.setAttribute("aria-hidden", "true");
  return document.importNode(root, true);
}

customElements.define("receipt-slip", ReceiptSlip);

declare global {
  interface HTMLElementTagNameMap {
    "receipt-slip": ReceiptSlip;
  }
}
