/** One capture at work: carries out what the machine says, with the camera, the socket and the clock of the browser. */

import { type Camera, CameraError, cameraFault, eachFrame, type Grabber } from "./camera.js";
import { BEGINNING, type Effect, type Event, type Model, step } from "./machine.js";
import { Pace } from "./pace.js";
import { decode, frameHeader, hello, STOP } from "./protocol.js";

/** A capture token, and where it is good, if not at the address that the page knows. */
export interface Grant {
  token: string;
  url?: string;
}

/** Thrown by the host's `tokens` to say why there is no token; `again` whether asking later may help. */
export class TokenError extends Error {
  constructor(
    readonly code: string,
    readonly text: string | null = null,
    readonly again = false,
  ) {
    super(code);
  }
}

/** Thrown by the host's `tokens` when the attempt is over: its outcome is to be read from the server. */
export class AttemptOver extends Error {}

export interface Ports {
  /** Open the camera and show it; throws `CameraError`. */
  openCamera(lost: () => void): Promise<Camera>;
  openSocket(token: string): WebSocket;
  /** The host's next token; throws `TokenError` or `AttemptOver`. */
  askToken(): Promise<string>;
  /** The video that shows the camera. */
  video(): HTMLVideoElement | null;
  /** What takes the frames of one connection off the video. */
  grabber(): Pick<Grabber, "grab">;
  emit(name: string, detail: unknown): void;
  changed(model: Model): void;
  now(): number;
}

const TICK_MS = 500;

type Told = Event extends infer One ? (One extends Event ? Omit<One, "at"> : never) : never;

export class Capture {
  model: Model = BEGINNING;
  #camera: Camera | null = null;
  #opening = 0;
  #socket: WebSocket | null = null;
  #pace = new Pace();
  #grabber: Pick<Grabber, "grab"> | null = null;
  #began = 0;
  #endFrames = () => {};
  #tick = 0;
  #renew = 0;

  constructor(private readonly ports: Ports) {}

  /** Tell the machine what happened, and carry out what follows. */
  tell(event: Told): void {
    const before = this.model;
    const [model, effects] = step(before, { ...event, at: this.ports.now() } as Event);
    this.model = model;
    if (model.phase === "running" && before.phase !== "running") this.#beginFrames();
    if (model.phase !== "running" || model.stopping) this.#endFrames();
    this.#watch(model.phase !== "idle" && model.phase !== "done" && model.phase !== "trouble");
    for (const effect of effects) this.#carryOut(effect);
    if (model !== before) this.ports.changed(this.model);
  }

  /** Let go of camera, socket and timers. */
  close(): void {
    this.model = BEGINNING;
    this.#endFrames();
    this.#watch(false);
    this.#disconnect();
    this.#closeCamera();
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case "open-camera":
        void this.#openCamera();
        return;
      case "close-camera":
        return this.#closeCamera();
      case "connect":
        return this.#connect(effect.token);
      case "disconnect":
        return this.#disconnect();
      case "send-stop":
        return this.#socket?.send(STOP);
      case "ask-token":
        void this.#askToken();
        return;
      case "renew-in":
        window.clearTimeout(this.#renew);
        this.#renew = window.setTimeout(() => this.tell({ type: "renew" }), effect.milliseconds);
        return;
      case "emit":
        return this.ports.emit(effect.name, effect.detail);
    }
  }

  async #openCamera(): Promise<void> {
    this.#closeCamera();
    const turn = ++this.#opening;
    try {
      const camera = await this.ports.openCamera(() => this.tell({ type: "camera-failed", code: "camera-lost" }));
      if (turn !== this.#opening || this.model.phase !== "camera") return camera.close();
      this.#camera = camera;
      this.tell({ type: "camera-open" });
    } catch (error) {
      if (turn === this.#opening && !(error instanceof CameraError && this.model.phase !== "camera")) {
        this.tell({ type: "camera-failed", code: cameraFault(error) });
      }
    }
  }

  #closeCamera(): void {
    this.#opening++;
    this.#camera?.close();
    this.#camera = null;
  }

  #connect(token: string): void {
    this.#disconnect();
    let socket: WebSocket;
    try {
      socket = this.ports.openSocket(token);
    } catch {
      return this.tell({ type: "closed", code: 1006 });
    }
    this.#socket = socket;
    const mine = () => this.#socket === socket;
    socket.addEventListener("open", () => mine() && socket.send(hello(token)));
    socket.addEventListener("message", (event) => mine() && this.#receive(event.data));
    socket.addEventListener("close", (event) => {
      if (!mine()) return;
      this.#socket = null;
      this.tell({ type: "closed", code: event.code });
    });
  }

  #receive(data: unknown): void {
    const message = decode(data);
    if (message === null) return;
    if (message.type === "seen" || message.type === "dropped") this.#pace.answered(message.frame);
    this.tell({ type: "message", message });
    if (message.type === "ready" && document.visibilityState === "hidden") this.tell({ type: "hidden" });
  }

  #disconnect(): void {
    window.clearTimeout(this.#renew);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  async #askToken(): Promise<void> {
    try {
      this.tell({ type: "token", token: await this.ports.askToken() });
    } catch (error) {
      if (error instanceof AttemptOver) return this.tell({ type: "over" });
      const known = error instanceof TokenError ? error : new TokenError("lost", null, true);
      this.tell({ type: "token-failed", code: known.code, text: known.text, again: known.again });
    }
  }

  /** Numbers and times of the frames begin anew with each connection. */
  #beginFrames(): void {
    this.#pace = new Pace();
    this.#grabber = this.ports.grabber();
    this.#began = this.ports.now();
    this.#endFrames();
    const video = this.ports.video();
    if (video !== null) this.#endFrames = eachFrame(video, () => void this.#sendFrame());
  }

  async #sendFrame(): Promise<void> {
    const [pace, socket, video, grabber] = [this.#pace, this.#socket, this.ports.video(), this.#grabber];
    if (socket?.readyState !== WebSocket.OPEN || video === null || grabber === null) return;
    const at = this.ports.now();
    const number = pace.take(at);
    if (number === null) return;
    const jpeg = await grabber.grab(video);
    if (jpeg === null) return pace.untaken(number);
    const running = this.model.phase === "running" && !this.model.stopping && pace === this.#pace;
    if (running && socket === this.#socket && socket.readyState === WebSocket.OPEN) {
      socket.send(new Blob([frameHeader(number, at - this.#began), jpeg]));
    }
  }

  #watch(on: boolean): void {
    if (on === this.#tick > 0) return;
    window.clearInterval(this.#tick);
    this.#tick = on ? window.setInterval(() => this.tell({ type: "tick" }), TICK_MS) : 0;
  }
}
