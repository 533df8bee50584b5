/** `<portrait-capture>`: the camera, the words and the ring; what it is fed and what it tells is in web/README.md. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import { Grabber, openCamera, SELF, showStream } from "../capture/camera.js";
import { AttemptOver, Capture, type Grant, TokenError } from "../capture/capture.js";
import type { Model } from "../capture/machine.js";
import { CAPTURE_TEXTS, type CaptureTexts } from "../texts/capture.js";
import { browserLanguage, fill, type Language, language } from "../texts/language.js";
import { ring } from "./ring.js";
import { DIRECTIONS, pointer, sign } from "./signs.js";
import { Steady } from "./steady.js";
import { STYLES } from "./styles.js";
import { canSpeak, hush, speak } from "./voice.js";
import { progress, troubleWords, wayOn, type Words, words } from "./words.js";

/** Milliseconds after which a camera that is not open yet is taken to wait for the person's permission. */
const ASKING_MS = 900;

/** On a screen narrower than this, a wide picture is shown without its sides, so that the face is not small. */
const NARROW_PX = 480;

const NO_WORDS: Words = { main: "", sign: null, hint: null, request: false };
const sameWords = (a: Words, b: Words) => a.main === b.main && a.hint === b.hint && a.sign === b.sign;

/** Gives the next capture token; throws `TokenError` or `AttemptOver`. */
export type Tokens = () => Promise<Grant | string>;

export class PortraitCapture extends LitElement {
  static override styles = STYLES;
  static override properties = {
    token: { type: String },
    endpoint: { type: String },
    lang: { type: String },
    voice: { type: Boolean, reflect: true },
    autostart: { type: Boolean },
    model: { state: true },
    asking: { state: true },
    confirming: { state: true },
    aspect: { state: true },
    shown: { state: true },
  };

  declare token: string | null;
  declare endpoint: string;
  declare voice: boolean;
  declare autostart: boolean;
  /** Asked for a token at the start without one, and again after a lost connection. */
  tokens: Tokens | null = null;

  declare private model: Model;
  declare private asking: boolean;
  declare private confirming: boolean;
  declare private aspect: number;
  declare private shown: Words;

  #address = "";
  #steady = new Steady<Words>(NO_WORDS, sameWords);
  #later = 0;
  #capture = new Capture({
    openCamera: (lost) => this.#openCamera(lost),
    openSocket: () => new WebSocket(socketAddress(this.#address || this.endpoint)),
    askToken: () => this.#askToken(),
    video: () => this.renderRoot.querySelector("video"),
    grabber: () => new Grabber(),
    emit: (name, detail) => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true })),
    changed: (model) => this.#changed(model),
    now: () => performance.now(),
  });

  constructor() {
    super();
    this.token = null;
    this.endpoint = "v1/capture";
    this.voice = false;
    this.autostart = false;
    this.model = this.#capture.model;
    this.asking = false;
    this.confirming = false;
    this.aspect = 3 / 4;
    this.shown = NO_WORDS;
  }

  /** Open the camera and begin. */
  start(): void {
    this.#capture.tell({ type: "start", token: this.token });
  }

  /** End the attempt by the person's wish; it counts. */
  stop(): void {
    this.#capture.tell({ type: "stop" });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#visible);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#visible);
    window.clearTimeout(this.#later);
    hush();
    this.#capture.close();
  }

  override firstUpdated(): void {
    if (this.autostart) this.start();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("lang") || changed.has("model") || changed.has("asking")) this.#renewWords(changed.has("lang"));
  }

  override updated(changed: PropertyValues): void {
    this.#tellHost();
    if (changed.has("aspect")) this.style.setProperty("--capture-aspect", String(this.aspect));
    if (changed.has("shown")) this.#say(changed.get("shown") as Words | undefined);
    const phase = (changed.get("model") as Model | undefined)?.phase;
    if (this.model.phase === "trouble" && phase !== undefined && phase !== "trouble") {
      this.renderRoot.querySelector<HTMLElement>("#trouble")?.focus();
    }
    if (changed.has("confirming") && this.confirming) this.renderRoot.querySelector<HTMLElement>("#stop-no")?.focus();
  }

  protected override render(): TemplateResult {
    const texts = this.#texts;
    return html`<div class="capture" lang=${this.#language === "zh" ? "zh-CN" : "en"}>
      ${this.model.phase === "trouble" ? this.#trouble(texts) : this.#stage(texts)}
      <div id="live" class="unseen" role="status" aria-live="polite">${this.#heard}</div>
    </div>`;
  }

  #stage(texts: CaptureTexts): TemplateResult {
    const { phase } = this.model;
    const { main, hint } = this.shown;
    const busy = ["camera", "connecting", "waiting", "judging", "renewing"].includes(phase) || this.model.stopping;
    const code = this.shown.sign;
    return html`
      <p id="prompt" class="prompt ${this.shown.request ? "request" : ""} ${DIRECTIONS[code ?? ""] ?? ""}" aria-hidden="true">
        ${sign(code)}<span>${main}</span>
      </p>
      <div class="stage ${phase}">
        <video playsinline muted disablepictureinpicture aria-label=${texts.ui.picture}></video>
        ${ring(this.aspect, progress(this.model), busy)}
        ${phase === "running" && this.shown.request ? pointer(code) : nothing}
        ${hint === null ? nothing : html`<p id="hint" class="hint" aria-hidden="true">${hint}</p>`}
      </div>
      <div class="foot">${this.confirming ? this.#stopQuestion(texts) : this.#foot(texts)}</div>`;
  }

  #foot(texts: CaptureTexts): TemplateResult {
    const { phase, stopping } = this.model;
    const idle = phase === "idle" || phase === "done";
    const leave = phase === "running" ? texts.ui.stop : texts.ui.leave;
    return html`${this.#dots(texts)}
      <div class="buttons">
        ${
          canSpeak()
            ? html`<button id="voice" type="button" aria-pressed=${this.voice} @click=${this.#toggleVoice}>
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 9v6h4l5 4V5L8 9z" /><path class="waves" d="M16 9c2 2 2 4 0 6M18.5 6c4 4 4 8 0 12" /></svg>
                ${texts.ui.voice}
              </button>`
            : nothing
        }
        ${idle ? html`<button id="start" type="button" class="main" ?disabled=${phase === "done"} @click=${this.start}>${texts.ui.start}</button>` : nothing}
        ${
          idle || phase === "judging" || stopping
            ? nothing
            : html`<button id="stop" type="button" @click=${phase === "running" ? this.#askStop : this.stop}>${leave}</button>`
        }
      </div>`;
  }

  #dots(texts: CaptureTexts): TemplateResult | typeof nothing {
    const { ready, seen, phase } = this.model;
    const of = seen?.of ?? ready?.actions ?? 0;
    if (of === 0 || (phase !== "running" && phase !== "judging")) return html`<p class="steps"></p>`;
    const done = phase === "judging" ? of : (seen?.step ?? 0);
    const text = done < of ? fill(texts.ui.step, { step: done + 1, of }) : "";
    const dots = Array.from({ length: of }, (_, at) => html`<i class=${at < done ? "done" : at === done ? "now" : ""}></i>`);
    return html`<p id="steps" class="steps"><span class="dots" aria-hidden="true">${dots}</span>${text}</p>`;
  }

  #stopQuestion(texts: CaptureTexts): TemplateResult {
    return html`<p class="question">${texts.ui["stop-question"]}</p>
      <div class="buttons">
        <button id="stop-no" type="button" @click=${this.#goOn}>${texts.ui["stop-no"]}</button>
        <button id="stop-yes" type="button" class="danger" @click=${this.#stopNow}>${texts.ui["stop-yes"]}</button>
      </div>`;
  }

  #trouble(texts: CaptureTexts): TemplateResult {
    const { title, text } = troubleWords(this.model, texts);
    const way = wayOn(this.model);
    return html`<div class="trouble">
      <svg viewBox="0 0 48 48" aria-hidden="true"><path d="M24 5 45 42H3z" /><path d="M24 19v11M24 35v2" /></svg>
      <h2 id="trouble" tabindex="-1">${title}</h2>
      <p>${text}</p>
      <div class="buttons">
        ${way === null ? nothing : html`<button id="way-on" type="button" class="main" @click=${this.#wayOn}>${texts.ui[way]}</button>`}
        <button id="leave" type="button" @click=${this.#leave}>${texts.ui.leave}</button>
      </div>
    </div>`;
  }

  get #language(): Language {
    return language(this.lang) ?? language(this.closest("[lang]")?.getAttribute("lang")) ?? browserLanguage();
  }

  get #texts(): CaptureTexts {
    return CAPTURE_TEXTS[this.#language];
  }

  /** What a screen reader is told: the words, and what is to be mended. */
  get #heard(): string {
    const { main, hint } = this.shown;
    if (this.model.phase === "idle") return "";
    return hint === null ? main : `${main}. ${hint}.`;
  }

  #renewWords(urgent: boolean): void {
    const next = words(this.model, this.#texts, this.asking);
    const now = urgent || next.request !== this.#steady.shown.request || this.model.phase !== "running";
    const change = next.request && next.main !== this.#steady.shown.main;
    const wait = this.#steady.offer(next, now || change, performance.now());
    this.shown = this.#steady.shown;
    window.clearTimeout(this.#later);
    if (wait > 0) this.#later = window.setTimeout(() => this.#renewWords(false), wait);
  }

  #say(before: Words | undefined): void {
    if (!this.voice || this.#heard === "") return;
    const { main, hint } = this.shown;
    if (main !== before?.main) speak(main, this.#language);
    else if (hint !== null) speak(hint, this.#language);
  }

  #changed(model: Model): void {
    const before = this.model;
    this.model = model;
    if (model.phase !== "running") this.confirming = false;
    if (model.phase === "camera" && before.phase !== "camera") {
      window.setTimeout(() => (this.asking = this.model.phase === "camera"), ASKING_MS);
    } else if (model.phase !== "camera") this.asking = false;
    const [had, has] = [before.seen?.step ?? 0, model.seen?.step ?? 0];
    if (has > had && model.phase === "running") navigator.vibrate?.(80);
  }

  /** The state as attributes, for the host's styles and for tests. */
  #tellHost(): void {
    const { phase, seen, ready, trouble } = this.model;
    const running = phase === "running";
    const values: Record<string, string> = {
      state: phase,
      prompt: (running && seen?.action) || "",
      guidance: (running && seen?.guidance) || "",
      step: String(seen?.step ?? 0),
      of: String(seen?.of ?? ready?.actions ?? 0),
      trouble: trouble?.code ?? "",
    };
    for (const [name, value] of Object.entries(values)) {
      if (this.dataset[name] !== value) this.dataset[name] = value;
    }
  }

  async #openCamera(lost: () => void) {
    const camera = await openCamera(SELF, lost);
    await this.updateComplete;
    const video = this.renderRoot.querySelector("video");
    try {
      if (video !== null) {
        await showStream(video, camera.stream);
        const aspect = video.videoWidth / video.videoHeight;
        this.aspect = this.clientWidth < NARROW_PX ? Math.min(1, aspect) : aspect;
      }
    } catch (error) {
      camera.close();
      throw error;
    }
    return camera;
  }

  async #askToken(): Promise<string> {
    const given = await (this.tokens ?? (() => this.#askHost()))();
    const grant = typeof given === "string" ? { token: given } : given;
    if ("url" in grant && grant.url) this.#address = grant.url;
    this.token = grant.token;
    return grant.token;
  }

  /** Without `tokens` the host answers an event, by `provide` or `refuse`. */
  #askHost(): Promise<Grant | string> {
    return new Promise((resolve, reject) => {
      const detail = {
        provide: (grant: Grant | string) => resolve(grant),
        refuse: (code = "token-invalid", text: string | null = null) => reject(new TokenError(code, text)),
        over: () => reject(new AttemptOver()),
      };
      const asked = new CustomEvent("capture-token-needed", { detail, bubbles: true, composed: true, cancelable: true });
      this.dispatchEvent(asked);
    });
  }

  #visible = () => {
    if (document.visibilityState === "hidden") this.#capture.tell({ type: "hidden" });
  };

  #toggleVoice = () => {
    this.voice = !this.voice;
    if (this.voice) speak(this.#heard, this.#language);
    else hush();
  };

  #askStop = () => (this.confirming = true);
  #goOn = () => (this.confirming = false);
  #stopNow = () => {
    this.confirming = false;
    this.stop();
  };

  #wayOn = () => {
    if (wayOn(this.model) === "reload") window.location.reload();
    else this.#capture.tell({ type: "retry" });
  };

  #leave = () => this.#capture.tell({ type: "leave" });
}

/** The socket's address for a path or an address of any of the four kinds, seen from the page. */
export function socketAddress(address: string, base = document.baseURI): string {
  const url = new URL(address, base);
  url.protocol = url.protocol === "https:" || url.protocol === "wss:" ? "wss:" : "ws:";
  url.hash = "";
  return url.href;
}

declare global {
  interface HTMLElementTagNameMap {
    "portrait-capture": PortraitCapture;
  }
}

if (!customElements.get("portrait-capture")) customElements.define("portrait-capture", PortraitCapture);
