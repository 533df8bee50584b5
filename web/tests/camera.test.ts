import { describe, expect, it } from "vitest";

import { CameraError, cameraFault, covering, fitted, openCamera, SELF } from "../src/capture/camera.js";

describe("faults", () => {
  it.each([
    ["NotAllowedError", "camera-refused"],
    ["SecurityError", "camera-refused"],
    ["NotFoundError", "camera-none"],
    ["OverconstrainedError", "camera-none"],
    ["NotReadableError", "camera-busy"],
    ["AbortError", "camera-busy"],
    ["NeverHeardOfError", "camera-busy"],
  ])("%s is %s", (name, code) => {
    expect(cameraFault(Object.assign(new Error(), { name }))).toBe(code);
  });

  it("keeps its own", () => {
    expect(cameraFault(new CameraError("camera-silent"))).toBe("camera-silent");
    expect(cameraFault("odd")).toBe("camera-busy");
  });

  it("tells an insecure page from a browser without cameras", async () => {
    Object.defineProperty(window, "isSecureContext", { value: false, configurable: true });
    await expect(openCamera(SELF, () => {})).rejects.toMatchObject({ code: "insecure" });
    Object.defineProperty(window, "isSecureContext", { value: true, configurable: true });
    Object.defineProperty(navigator, "mediaDevices", { value: undefined, configurable: true });
    await expect(openCamera(SELF, () => {})).rejects.toMatchObject({ code: "camera-unsupported" });
  });
});

describe("pictures", () => {
  it("never asks for a height", () => {
    expect(SELF).not.toHaveProperty("height");
    expect(SELF).toMatchObject({ facingMode: "user", width: { ideal: 640 }, frameRate: { ideal: 15, max: 30 } });
  });

  it("brings the long side down to 640, and never up", () => {
    expect(fitted({ width: 1280, height: 720 })).toEqual({ width: 640, height: 360 });
    expect(fitted({ width: 480, height: 640 })).toEqual({ width: 480, height: 640 });
    expect(fitted({ width: 1080, height: 1920 })).toEqual({ width: 360, height: 640 });
    expect(fitted({ width: 320, height: 240 })).toEqual({ width: 320, height: 240 });
  });

  it("keeps the size of the first frame when the phone is turned", () => {
    const [left, top, width, height] = covering({ width: 640, height: 480 }, { width: 480, height: 640 });
    expect([left, top, width, height]).toEqual([140, 0, 360, 480]);
    expect(width / height).toBeCloseTo(480 / 640);
  });
});
