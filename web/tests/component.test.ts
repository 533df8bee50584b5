import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { PortraitCapture } from "../src/component/portrait-capture.js";
import "../src/component/portrait-capture.js";
import { CAPTURE_TEXTS } from "../src/texts/capture.js";

const place = async (attributes: Record<string, string> = {}): Promise<PortraitCapture> => {
  const one = document.createElement("portrait-capture");
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  document.body.replaceChildren(one);
  await one.updateComplete;
  return one;
};
const settle = async (one: PortraitCapture) => {
  for (let count = 0; count < 5; count++) await new Promise((resolve) => setTimeout(resolve, 0));
  await one.updateComplete;
};
const inside = (one: PortraitCapture, selector: string) => one.renderRoot.querySelector<HTMLElement>(selector);

beforeEach(() => Object.defineProperty(window, "isSecureContext", { value: false, configurable: true }));
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe("<portrait-capture>", () => {
  it("waits for the person before it opens the camera", async () => {
    const one = await place({ lang: "en" });
    expect(one.dataset.state).toBe("idle");
    expect(inside(one, "#start")?.textContent).toContain(CAPTURE_TEXTS.en.ui.start);
    expect(inside(one, "#live")?.getAttribute("aria-live")).toBe("polite");
  });

  it("tells a fault in words, by an event and as attributes, and gives it the focus", async () => {
    const one = await place({ lang: "en" });
    const told: unknown[] = [];
    one.addEventListener("capture-error", (event) => told.push((event as CustomEvent).detail));
    inside(one, "#start")?.click();
    await settle(one);
    expect(told).toEqual([{ code: "insecure", again: true }]);
    expect(one.dataset).toMatchObject({ state: "trouble", trouble: "insecure" });
    expect(inside(one, "h2")?.textContent).toBe(CAPTURE_TEXTS.en.troubles.insecure.title);
    expect((one.renderRoot as ShadowRoot).activeElement?.id).toBe("trouble");
  });

  it("leaves to where the person came from", async () => {
    const one = await place({ lang: "en", autostart: "" });
    await settle(one);
    const left = new Promise<CustomEvent>((resolve) => one.addEventListener("capture-left", (event) => resolve(event as CustomEvent)));
    inside(one, "#leave")?.click();
    expect((await left).detail).toEqual({ code: "insecure" });
    expect((await left).composed).toBe(true);
  });

  it("changes its language in place", async () => {
    const one = await place({ lang: "en", autostart: "" });
    await settle(one);
    one.lang = "zh-CN";
    await settle(one);
    expect(inside(one, "h2")?.textContent).toBe(CAPTURE_TEXTS.zh.troubles.insecure.title);
  });

  it("takes the page's language where it has none", async () => {
    document.documentElement.lang = "zh";
    const one = await place();
    expect(inside(one, "#start")?.textContent).toContain(CAPTURE_TEXTS.zh.ui.start);
    document.documentElement.lang = "en";
  });

  it("asks the host for a token by an event, where the host gave no function", async () => {
    Object.defineProperty(window, "isSecureContext", { value: true, configurable: true });
    const track = Object.assign(new EventTarget(), { stop: vi.fn() });
    const stream = { getTracks: () => [track] };
    Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: async () => stream }, configurable: true });
    for (const [name, value] of Object.entries({ readyState: 4, videoWidth: 640, videoHeight: 480 })) {
      Object.defineProperty(HTMLVideoElement.prototype, name, { get: () => value, configurable: true });
    }
    Object.defineProperty(HTMLMediaElement.prototype, "play", { value: async () => {}, configurable: true });
    Object.defineProperty(HTMLMediaElement.prototype, "srcObject", { set: () => {}, configurable: true });
    const sockets: string[] = [];
    vi.stubGlobal("WebSocket", class extends EventTarget {
      constructor(address: string) {
        super();
        sockets.push(address);
      }
      close() {}
    });
    const one = await place({ lang: "en", endpoint: "https://simreg.example/v1/capture" });
    one.addEventListener("capture-token-needed", (event) => (event as CustomEvent).detail.provide("src_1"));
    one.start();
    await settle(one);
    await settle(one);
    expect(sockets).toEqual(["wss://simreg.example/v1/capture"]);
    expect(one.dataset.state).toBe("connecting");
    one.remove();
    expect(track.stop).toHaveBeenCalled();
  });
});
