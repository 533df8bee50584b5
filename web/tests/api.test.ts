import { afterEach, describe, expect, it, vi } from "vitest";

import { Api, Problem, readCase, tryOut } from "../src/page/api.js";
import { problemWords, reasonWords } from "../src/page/views/parts.js";
import { PAGE_TEXTS } from "../src/texts/page.js";

const en = PAGE_TEXTS.en;
const answer = (status: number, json: unknown, headers: HeadersInit = {}) => {
  const sent = vi.fn(async (_address: string, _request: RequestInit) => new Response(JSON.stringify(json), { status, headers }));
  vi.stubGlobal("fetch", sent);
  return sent;
};
const problem = async (work: Promise<unknown>): Promise<Problem> => {
  const error = await work.then(
    () => null,
    (one: unknown) => one,
  );
  expect(error).toBeInstanceOf(Problem);
  return error as Problem;
};
afterEach(() => vi.unstubAllGlobals());

describe("calls", () => {
  it("bear the link in a header and never in an address", async () => {
    const sent = answer(200, { state: "created" });
    await new Api("srl_secret").case();
    const [address, request] = sent.mock.calls[0] as [string, RequestInit];
    expect(address).toBe("v1/subscriber/case");
    expect(new Headers(request.headers).get("Authorization")).toBe("Bearer srl_secret");
    expect(request.credentials).toBe("omit");
  });

  it.each([
    ["consent", (api: Api) => api.consent("2026-11", "zh"), "POST", "consent", { text_version: "2026-11", language: "zh" }],
    ["alternative", (api: Api) => api.alternative("cannot"), "POST", "alternative", { reason: "cannot" }],
    ["attempt", (api: Api) => api.attempt(["blink"]), "POST", "attempts", { cannot: ["blink"] }],
  ])("%s", async (_, work, method, path, body) => {
    const sent = answer(200, { token: "src_1", url: "/v1/capture", number: 1, of: 3 });
    await work(new Api("srl_x"));
    const [address, request] = sent.mock.calls[0] as [string, RequestInit];
    expect([address, request.method]).toEqual([`v1/subscriber/${path}`, method]);
    expect(JSON.parse(String(request.body))).toEqual(body);
  });

  it("send a picture as it is, and tell what was wrong with it", async () => {
    const sent = answer(200, { problem: { code: "reference-blurred", text: "t", remedy: "r" }, quality: 12 });
    const picture = new Blob(["x"], { type: "image/jpeg" });
    expect(await new Api("srl_x").reference(picture)).toEqual({ problem: { code: "reference-blurred", text: "t", remedy: "r" }, quality: 12 });
    const [, request] = sent.mock.calls[0] as [string, RequestInit];
    expect(request.body).toBe(picture);
    expect(new Headers(request.headers).get("Content-Type")).toBe("image/jpeg");
  });

  it("ask for a trial without a link", async () => {
    const sent = answer(201, { token: "srl_new" });
    expect(await tryOut()).toBe("srl_new");
    expect(new Headers((sent.mock.calls[0] as [string, RequestInit])[1].headers).has("Authorization")).toBe(false);
  });
});

describe("problems", () => {
  it("come from problem documents", async () => {
    answer(409, { code: "act-not-possible", detail: "d", remedy: "r" });
    expect(await problem(new Api("").case())).toMatchObject({ code: "act-not-possible", status: 409, detail: "d", remedy: "r", passing: false });
  });

  it.each([
    [500, "server", true],
    [503, "server", true],
    [429, "too-many", true],
    [404, "unknown", false],
  ])("without a code, status %i is %s", async (status, code, passing) => {
    answer(status, "no document");
    expect(await problem(new Api("").case())).toMatchObject({ code, passing });
  });

  it("are offline where there is no answer at all", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no")));
    expect(await problem(new Api("").case())).toMatchObject({ code: "offline", status: 0, passing: true });
  });

  it("say how long to wait", async () => {
    answer(429, { code: "too-many" }, { "Retry-After": "7" });
    const one = await problem(new Api("").case());
    expect(one.retryAfter).toBe(7);
    expect(problemWords(one, en).remedy).toContain("7 seconds");
    expect(problemWords(new Problem("too-many", 429), en).remedy).not.toContain("{");
  });

  it("have our words by their code, else the server's, else general ones", () => {
    expect(problemWords(new Problem("file-empty", 422, "server"), en)).toEqual(en.errors["file-empty"]);
    expect(problemWords(new Problem("news", 422, "The moon is full.", "Wait."), en)).toEqual({ text: "The moon is full.", remedy: "Wait." });
    expect(problemWords(new Problem("news", 422), en)).toEqual(en.errors.unknown);
    expect(problemWords(new Problem("news", 502), en)).toEqual(en.errors.server);
    expect(reasonWords({ code: "news", text: "New.", remedy: "Wait." }, en)).toEqual({ text: "New.", remedy: "Wait." });
    expect(reasonWords({ code: "news", text: "", remedy: "" }, en)).toEqual(en.reasons.unknown);
  });

  it("an answer that is no case is a fault of the server", () => {
    for (const json of [null, 7, [], {}, { state: 1 }]) expect(() => readCase(json)).toThrow(Problem);
  });
});

describe("a case", () => {
  it("is read as it is told", () => {
    const it = readCase({
      state: "referenced",
      line: "+49",
      folio: "A",
      locked_until: "2026-11-24T10:30:00Z",
      profile: {
        guardian_below_age: 14,
        actions: ["blink"],
        retention: [{ what: "reference", seconds: 600, how_long: { en: "10 minutes", zh: "10 分钟" } }],
        alternatives: [{ code: "in-person", en: "Staff", zh: "柜台" }],
      },
      attempts: { used: 1, of: 3, restarts_left: 0 },
      result: { attempt: 1, outcome: "failed", ended_at: null, reasons: [{ code: "light", text: "t", remedy: "r" }] },
      next: ["withdraw"],
    });
    expect(it).toMatchObject({
      lockedUntil: Date.parse("2026-11-24T10:30:00Z"),
      attempts: { used: 1, of: 3, restartsLeft: 0 },
      profile: { guardianBelow: 14, retention: [{ what: "reference", seconds: 600, howLong: { zh: "10 分钟" } }], alternatives: [{ code: "in-person", en: "Staff" }] },
      result: { outcome: "failed", reasons: [{ code: "light" }] },
    });
  });

  it("lets one language serve for both", () => {
    const { profile } = readCase({ state: "created", profile: { retention: [{ what: "frames", how_long: "10 minutes" }] } });
    expect(profile.retention[0]?.howLong).toEqual({ en: "10 minutes", zh: "10 minutes" });
  });
});
