/** The camera: opening it, why it does not open, and its frames as JPEG. */

export type CameraFault =
  | "insecure"
  | "camera-unsupported"
  | "camera-none"
  | "camera-refused"
  | "camera-busy"
  | "camera-silent"
  | "camera-lost";

export class CameraError extends Error {
  constructor(readonly code: CameraFault) {
    super(code);
  }
}

/** Never a height: a camera held upright would be cropped. */
export const SELF: MediaTrackConstraints = {
  facingMode: "user",
  width: { ideal: 640 },
  frameRate: { ideal: 15, max: 30 },
};

export const LONG_SIDE = 640;
const QUALITY = 0.8;
const SILENT_MS = 8000;

const FAULTS: Record<string, CameraFault> = {
  NotAllowedError: "camera-refused",
  PermissionDeniedError: "camera-refused",
  SecurityError: "camera-refused",
  NotFoundError: "camera-none",
  DevicesNotFoundError: "camera-none",
  OverconstrainedError: "camera-none",
  NotReadableError: "camera-busy",
  TrackStartError: "camera-busy",
  AbortError: "camera-busy",
};

/** Which fault an error of `getUserMedia` means. */
export function cameraFault(error: unknown): CameraFault {
  if (error instanceof CameraError) return error.code;
  const name = typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
  return FAULTS[name] ?? "camera-busy";
}

export interface Camera {
  stream: MediaStream;
  close(): void;
}

/** Open a camera; throws `CameraError`. `lost` is called when it goes away later (unplugged, or taken back). */
export async function openCamera(constraints: MediaTrackConstraints, lost: () => void): Promise<Camera> {
  if (!window.isSecureContext) throw new CameraError("insecure");
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraError("camera-unsupported");
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: constraints, audio: false });
  } catch (error) {
    throw new CameraError(cameraFault(error));
  }
  for (const track of stream.getTracks()) track.addEventListener("ended", lost);
  const close = () => {
    for (const track of stream.getTracks()) {
      track.removeEventListener("ended", lost);
      track.stop();
    }
  };
  return { stream, close };
}

/** Show a stream and wait for its first picture; throws `CameraError` camera-silent when none comes. */
export async function showStream(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
  video.srcObject = stream;
  video.muted = true;
  await video.play().catch(() => undefined);
  const end = performance.now() + SILENT_MS;
  while (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) {
    if (performance.now() > end) throw new CameraError("camera-silent");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Call `seen` for each new picture of a video, never twice for the same one; gives the way to end it. */
export function eachFrame(video: HTMLVideoElement, seen: () => void): () => void {
  let on = true;
  if ("requestVideoFrameCallback" in video) {
    const next = () => {
      if (!on) return;
      video.requestVideoFrameCallback(next);
      seen();
    };
    video.requestVideoFrameCallback(next);
    return () => void (on = false);
  }
  const old = video as HTMLVideoElement;
  let last = -1;
  const timer = window.setInterval(() => {
    if (old.currentTime !== last) seen();
    last = old.currentTime;
  }, 15);
  return () => window.clearInterval(timer);
}

export interface Size {
  width: number;
  height: number;
}

/** A picture's size with its long side brought down to `most`. */
export function fitted(size: Size, most = LONG_SIDE): Size {
  const scale = Math.min(1, most / Math.max(size.width, size.height));
  return { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
}

/** The part of a picture, centred, that has the target's proportions: [left, top, width, height]. */
export function covering(source: Size, target: Size): [number, number, number, number] {
  const scale = Math.min(source.width / target.width, source.height / target.height);
  const [width, height] = [target.width * scale, target.height * scale];
  return [(source.width - width) / 2, (source.height - height) / 2, width, height];
}

/** Takes frames off a video as JPEGs, unmirrored and all of one size, even when the phone is turned meanwhile. */
export class Grabber {
  #canvas = document.createElement("canvas");
  #sized = false;

  grab(video: HTMLVideoElement): Promise<Blob | null> {
    const source = { width: video.videoWidth, height: video.videoHeight };
    if (source.width === 0 || source.height === 0) return Promise.resolve(null);
    if (!this.#sized) {
      Object.assign(this.#canvas, fitted(source));
      this.#sized = true;
    }
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext("2d", { alpha: false });
    if (context === null) return Promise.resolve(null);
    context.drawImage(video, ...covering(source, this.#canvas), 0, 0, width, height);
    return new Promise((resolve) => this.#canvas.toBlob(resolve, "image/jpeg", QUALITY));
  }
}
