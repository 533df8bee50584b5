/** Pictures of documents on their way: upright, no larger than needed, and without the phone's notes of place and time. */

import { fitted, type Size } from "../../capture/camera.js";

/** Pixels of the long side; more does not make the portrait better. */
export const LONG_SIDE = 2000;
const QUALITY = 0.92;

export interface Prepared {
  /** What is sent. */
  picture: Blob;
  /** What is shown; null where the browser cannot read the file, and the server is asked. */
  preview: HTMLCanvasElement | null;
}

/** A file, drawn anew. */
export async function prepareFile(file: Blob): Promise<Prepared> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const prepared = await prepareImage(bitmap, bitmap);
    bitmap.close();
    return prepared;
  } catch {
    return { picture: file, preview: null };
  }
}

/** The picture that a video shows now. */
export function prepareVideo(video: HTMLVideoElement): Promise<Prepared> {
  return prepareImage(video, { width: video.videoWidth, height: video.videoHeight });
}

async function prepareImage(image: CanvasImageSource, size: Size): Promise<Prepared> {
  const canvas = document.createElement("canvas");
  const { width, height } = fitted(size, LONG_SIDE);
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (picture === null) throw new Error("no picture");
  return { picture, preview: canvas };
}
