import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type Camera, CameraError } from "../src/capture/camera.js";
import { AttemptOver, Capture, type Ports, TokenError } from "../src/capture/capture.js";

/** A socket whose other end is the test. */
class FakeSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  texts: string[] = [];
  frames: Blob[] = [];
  open() {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event("open"));
  }
  send(data: string | Blob) {
    if (typeof data === "string") this.texts.push(data);
    else this.frames.push(data);
  }
  say(message: object) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
  }
  lose(code: number) {
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
  close() {
    this.readyState = WebSocket.CLOSED;
  }
}

const READY = { type: "ready", attempt: 1, of: 3, line: "+49", actions: 2, seconds: 60 };
const seen = (frame: number) => ({ type: "seen", frame, guidance: null, action: "blink", step: 0, of: 2, done: 0 });

/** A capture with made-up ports: `frame()` lets the camera have a new picture. */
function stage(more: Partial<Ports> = {}) {
  const sockets: FakeSocket[] = [];
  const told: [string, unknown][] = [];
  const tokens: string[] = [];
  let [picture, cameras] = [null as (() => void) | null, 0];
  const video = { requestVideoFrameCallback: (seenOne: () => void) => void (picture = seenOne) } as unknown as HTMLVideoElement;
  const capture = new Capture({
    openCamera: async () => {
      cameras++;
      return { stream: {} as MediaStream, close: () => cameras-- } satisfies Camera;
    },
    openSocket: (token) => {
      tokens.push(token);
      sockets.push(new FakeSocket());
      return sockets.at(-1) as unknown as WebSocket;
    },
    askToken: async () => `src_${tokens.length + 1}`,
    video: () => video,
    grabber: () => ({ grab: async () => new Blob(["jpeg"], { type: "image/jpeg" }) }),
    emit: (name, detail) => told.push([name, detail]),
    changed: () => {},
    now: () => performance.now(),
    ...more,
  });
  const frame = async () => {
    await vi.advanceTimersByTimeAsync(67);
    picture?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  const socket = () => sockets.at(-1) as FakeSocket;
  return { capture, sockets, told, tokens, frame, socket, cameras: () => cameras };
}

async function running(more: Partial<Ports> = {}) {
  const it = stage(more);
  it.capture.tell({ type: "start", token: "src_1" });
  await vi.advanceTimersByTimeAsync(0);
  it.socket().open();
  it.socket().say(READY);
  return it;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("frames", () => {
  it("says hello first, and sends no frame before the server is ready", async () => {
    const it = stage();
    it.capture.tell({ type: "start", token: "src_1" });
    await vi.advanceTimersByTimeAsync(0);
    it.socket().open();
    await it.frame();
    expect(it.socket().texts.map((text) => JSON.parse(text))).toEqual([{ type: "hello", version: 1, token: "src_1" }]);
    expect(it.socket().frames).toHaveLength(0);
    it.capture.close();
  });

  it("has never more than two unanswered, and goes on with each answer", async () => {
    const it = await running();
    for (let count = 0; count < 10; count++) await it.frame();
    expect(it.socket().frames).toHaveLength(2);
    it.socket().say(seen(0));
    for (let count = 0; count < 5; count++) await it.frame();
    expect(it.socket().frames).toHaveLength(3);
    it.socket().say({ type: "dropped", frame: 1 });
    it.socket().say(seen(2));
    for (let count = 0; count < 5; count++) await it.frame();
    expect(it.socket().frames).toHaveLength(5);
    it.capture.close();
  });

  it("numbers them from 0 and times them from the beginning of this connection", async () => {
    const it = await running();
    const heads: number[][] = [];
    for (let number = 0; number < 4; number++) {
      await it.frame();
      it.socket().say(seen(number));
      const bytes = new DataView(await (it.socket().frames[number] as Blob).arrayBuffer());
      heads.push([bytes.getUint32(0), bytes.getUint32(4)]);
    }
    expect(heads.map(([number]) => number)).toEqual([0, 1, 2, 3]);
    expect(heads.map(([, time]) => time)).toEqual([67, 134, 201, 268]);
    it.capture.close();
  });

  it("ends them with judging, stop and the loss of the connection", async () => {
    for (const end of [
      (it: Awaited<ReturnType<typeof running>>) => it.socket().say({ type: "judging" }),
      (it: Awaited<ReturnType<typeof running>>) => it.capture.tell({ type: "stop" }),
      (it: Awaited<ReturnType<typeof running>>) => it.socket().lose(1006),
    ]) {
      const it = await running();
      end(it);
      await it.frame();
      expect(it.sockets[0]?.frames).toHaveLength(0);
      it.capture.close();
    }
  });
});

describe("coming back", () => {
  it("asks the host for a token after a loss and begins anew at frame 0", async () => {
    const it = await running();
    await it.frame();
    it.socket().lose(1006);
    expect(it.capture.model.phase).toBe("renewing");
    await vi.advanceTimersByTimeAsync(500);
    expect(it.tokens).toEqual(["src_1", "src_2"]);
    it.socket().open();
    it.socket().say(READY);
    await it.frame();
    const bytes = new DataView(await (it.socket().frames[0] as Blob).arrayBuffer());
    expect(bytes.getUint32(0)).toBe(0);
    expect(it.cameras()).toBe(1);
    it.capture.close();
    expect(it.cameras()).toBe(0);
  });

  it("keeps trying while the network is away, then says so", async () => {
    const asked: number[] = [];
    const it = await running({
      askToken: async () => {
        asked.push(performance.now());
        throw new TokenError("offline", null, true);
      },
    });
    it.socket().lose(1006);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(asked).toHaveLength(5);
    expect(it.capture.model).toMatchObject({ phase: "trouble", trouble: { code: "lost" } });
    expect(it.cameras()).toBe(0);
    it.capture.close();
  });

  it("tells what the host's server refused", async () => {
    const it = await running({ askToken: () => Promise.reject(new TokenError("reference-gone", "gone")) });
    it.socket().lose(1006);
    await vi.advanceTimersByTimeAsync(500);
    expect(it.capture.model.trouble).toEqual({ code: "reference-gone", text: "gone", again: false });
  });

  it("hands over to the server's result when the attempt is over", async () => {
    const it = await running({ askToken: () => Promise.reject(new AttemptOver()) });
    it.socket().lose(1006);
    await vi.advanceTimersByTimeAsync(500);
    expect(it.told.at(-1)).toEqual(["capture-done", { state: null, reasons: [], attemptsLeft: null, folio: null }]);
  });

  it("notices by itself that nothing comes any more", async () => {
    const it = await running();
    await vi.advanceTimersByTimeAsync(4000);
    expect(it.capture.model.slow).toBe(true);
    await vi.advanceTimersByTimeAsync(8000);
    expect(it.tokens).toEqual(["src_1", "src_2"]);
    it.capture.close();
  });
});

describe("the camera", () => {
  it("that does not open is told by its code, and no socket is opened", async () => {
    const it = stage({ openCamera: () => Promise.reject(new CameraError("camera-none")) });
    it.capture.tell({ type: "start", token: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(it.capture.model.trouble?.code).toBe("camera-none");
    expect(it.sockets).toHaveLength(0);
  });

  it("that opens too late is closed at once", async () => {
    let give: (camera: Camera) => void = () => {};
    const it = stage({ openCamera: () => new Promise((resolve) => (give = resolve)) });
    it.capture.tell({ type: "start", token: null });
    it.capture.tell({ type: "leave" });
    const close = vi.fn();
    give({ stream: {} as MediaStream, close });
    await vi.advanceTimersByTimeAsync(0);
    expect(close).toHaveBeenCalledOnce();
    expect(it.capture.model.phase).toBe("idle");
  });

  it("that goes away in mid-capture ends it with words", async () => {
    let lost = () => {};
    const it = await running({
      openCamera: async (gone) => {
        lost = gone;
        return { stream: {} as MediaStream, close: () => {} };
      },
    });
    lost();
    expect(it.capture.model.trouble?.code).toBe("camera-lost");
  });
});
