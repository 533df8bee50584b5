/** `<document-picture>`: a picture by the device's camera or from a file, looked at before it is sent. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import { type Camera, cameraFault, openCamera, showStream } from "../../capture/camera.js";
import { CAPTURE_TEXTS } from "../../texts/capture.js";
import type { Language } from "../../texts/language.js";
import { PAGE_TEXTS } from "../../texts/page.js";
import { type Prepared, prepareFile, prepareVideo } from "./prepare.js";

type Stage = "choose" | "opening" | "live" | "preview";
type Facing = "environment" | "user";

export class DocumentPicture extends LitElement {
  static override properties = {
    language: { type: String },
    face: { type: Boolean },
    busy: { type: Boolean },
    stage: { state: true },
    fault: { state: true },
  };

  declare language: Language;
  /** Whether a picture of the person's own face is offered too. */
  declare face: boolean;
  /** Whether a picture is on its way. */
  declare busy: boolean;
  declare private stage: Stage;
  declare private fault: string | null;
  #facing: Facing = "environment";
  #camera: Camera | null = null;
  #prepared: Prepared | null = null;

  constructor() {
    super();
    this.language = "en";
    this.face = false;
    this.busy = false;
    this.stage = "choose";
    this.fault = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closeCamera();
  }

  /** Back to choosing, as the picture was not good. */
  reset(): void {
    this.#prepared = null;
    this.stage = "choose";
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has("stage")) return;
    const place = this.querySelector("#preview");
    if (place !== null && this.#prepared?.preview) place.replaceChildren(this.#prepared.preview);
    const first = { choose: null, opening: null, live: "#shutter", preview: "#use-picture" }[this.stage];
    if (first !== null) this.querySelector<HTMLElement>(first)?.focus();
  }

  protected override render(): TemplateResult {
    if (this.stage === "choose") return this.#choose();
    return this.stage === "preview" ? this.#preview() : this.#live();
  }

  #choose(): TemplateResult {
    const texts = PAGE_TEXTS[this.language].document;
    const faults = CAPTURE_TEXTS[this.language].troubles as Record<string, { title: string; text: string }>;
    const fault = this.fault === null ? undefined : (faults[this.fault] ?? faults.unknown);
    return html`
      ${
        fault === undefined
          ? nothing
          : html`<div class="notice warn" role="alert" data-problem=${this.fault}><strong>${fault.title}</strong><p>${fault.text}</p></div>`
      }
      <div class="buttons">
        ${
          touch()
            ? html`<label class="button main" for="photo">${texts.photo}</label>
                <input id="photo" class="unseen" type="file" accept="image/*" capture="environment" @change=${this.#chosen} />`
            : html`<button id="photo" class="main" type="button" @click=${() => this.#open("environment")}>${texts.photo}</button>`
        }
        <label class="button" for="file">${texts.file}</label>
        <input id="file" class="unseen" type="file" accept="image/*" @change=${this.#chosen} />
      </div>
      ${
        this.face
          ? html`<div class="aside"><p>${texts["face-lead"]}</p>
              <div class="buttons"><button id="own-face" type="button" @click=${() => this.#open("user")}>${texts.face}</button></div></div>`
          : nothing
      }`;
  }

  #live(): TemplateResult {
    const texts = PAGE_TEXTS[this.language].document;
    const opening = this.stage === "opening";
    return html`<div class="viewer ${this.#facing}">
        <video playsinline muted aria-label=${texts.live}></video>
      </div>
      <div class="buttons">
        <button id="shutter" class="main" type="button" ?disabled=${opening} @click=${this.#shoot}>
          ${opening ? texts.opening : texts.shutter}
        </button>
        <button id="close-camera" type="button" @click=${this.#leave}>${texts.close}</button>
      </div>`;
  }

  #preview(): TemplateResult {
    const texts = PAGE_TEXTS[this.language].document;
    const question = this.#facing === "user" ? texts["check-face"] : texts.check;
    return html`
      ${this.#prepared?.preview ? html`<div id="preview" class="viewer" role="img" aria-label=${texts.preview}></div><p>${question}</p>` : nothing}
      <div class="buttons">
        <button id="use-picture" class="main" type="button" aria-disabled=${this.busy} @click=${this.#use}>
          ${this.busy ? texts.sending : texts.use}
        </button>
        <button id="another-picture" type="button" ?disabled=${this.busy} @click=${this.reset}>${texts.another}</button>
      </div>`;
  }

  #chosen = async (event: Event) => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (file === undefined) return;
    this.#facing = "environment";
    this.#show(await prepareFile(file));
  };

  async #open(facing: Facing): Promise<void> {
    this.#facing = facing;
    this.fault = null;
    this.stage = "opening";
    try {
      const wanted = { facingMode: facing, width: { ideal: facing === "user" ? 1280 : 1920 } };
      const camera = await openCamera(wanted, () => this.#failed("camera-lost"));
      this.#camera = camera;
      await this.updateComplete;
      const video = this.querySelector("video");
      if (!this.isConnected || video === null) return this.#closeCamera();
      await showStream(video, camera.stream);
      this.stage = "live";
    } catch (error) {
      this.#failed(cameraFault(error));
    }
  }

  #shoot = async () => {
    const video = this.querySelector("video");
    if (video === null) return;
    const prepared = await prepareVideo(video);
    this.#closeCamera();
    this.#show(prepared);
  };

  #show(prepared: Prepared): void {
    this.#prepared = prepared;
    this.fault = null;
    this.stage = "preview";
    this.dispatchEvent(new CustomEvent("picture-new", { bubbles: true }));
  }

  #use = () => {
    if (this.busy || this.#prepared === null) return;
    this.dispatchEvent(new CustomEvent("picture", { detail: this.#prepared.picture, bubbles: true }));
  };

  #leave = () => {
    this.#closeCamera();
    this.stage = "choose";
  };

  #failed(code: string): void {
    this.#closeCamera();
    this.fault = code;
    this.stage = "choose";
  }

  #closeCamera(): void {
    this.#camera?.close();
    this.#camera = null;
  }
}

/** On phones and tablets the system's own camera takes the sharper picture. */
const touch = (): boolean => window.matchMedia("(pointer: coarse)").matches;

customElements.define("document-picture", DocumentPicture);
