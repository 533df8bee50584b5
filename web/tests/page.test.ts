import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import "../src/page/registration-page.js";
import { newCase, told } from "../dev/mock.mjs";
import { PAGE_TEXTS } from "../src/texts/page.js";

type Call = [method: string, path: string, body: string];

/** The page with a made-up server, where `link` names the case; gives what was asked of the server. */
async function open(link: string): Promise<{ calls: Call[]; page: HTMLElement; settle: () => Promise<void> }> {
  const calls: Call[] = [];
  const it = newCase(`srl_${link}`);
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    const path = address.replace("v1/subscriber/", "");
    calls.push([String(request.method), path, String(request.body ?? "")]);
    if (it === null) return new Response('{"code":"link-invalid"}', { status: 401 });
    if (path === "consent") it.state = "consented";
    if (path === "alternative") it.state = "alternative";
    if (path === "withdrawal") it.state = "withdrawn";
    return new Response(JSON.stringify(path === "case" ? told(it) : {}), { status: 200 });
  });
  window.location.hash = `#srl_${link}`;
  const page = document.createElement("registration-page");
  document.body.replaceChildren(page);
  const settle = async () => {
    for (let count = 0; count < 5; count++) await new Promise((resolve) => setTimeout(resolve, 0));
  };
  await settle();
  return { calls, page, settle };
}

const main = (page: HTMLElement) => page.querySelector("main") as HTMLElement;
const click = (page: HTMLElement, id: string) => (page.querySelector(`#${id}`) as HTMLElement).click();

beforeEach(() => sessionStorage.setItem("simreg language", "en"));
afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

describe("every state", () => {
  it.each([
    ["created", "consent"],
    ["consented", "document"],
    ["referenced", "ready"],
    ["failed", "again"],
    ["locked", "locked"],
    ["elsewhere", "elsewhere"],
    ["accepted", "accepted"],
    ["activated", "activated"],
    ["referred", "referred"],
    ["refused", "refused"],
    ["alternative", "alternative"],
    ["expired", "expired"],
    ["withdrawn", "withdrawn"],
    ["cancelled", "cancelled"],
    ["nobody", "link-unknown"],
  ])("%s shows %s, with one heading that names the page", async (link, screen) => {
    const { page } = await open(link);
    expect(main(page).dataset.state).toBe(screen);
    const headings = page.querySelectorAll("h1");
    expect(headings).toHaveLength(1);
    expect(document.title).toContain(headings[0]?.textContent ?? "?");
    if (link !== "nobody") {
      expect(page.querySelector("#line")?.textContent).toBe("+49 1512 3456789");
      expect(page.querySelector("#attempts")?.textContent).toMatch(/\d.*3/);
    }
  });

  it("elsewhere lets movements be left out, as another window does not know what was chosen", async () => {
    const { page } = await open("elsewhere");
    click(page, "cannot");
    await vi.waitFor(() => expect(main(page).dataset.state).toBe("cannot"));
  });

  it.each(["failed", "accepted", "referred", "refused", "locked"])("%s has the receipt's number", async (link) => {
    const { page } = await open(link);
    expect(page.querySelector("#folio")?.textContent).toBe("7K3M-90QX-2TFA");
  });

  it("a refusal says why and what else there is", async () => {
    const { page } = await open("refused");
    expect(page.querySelector("[data-reason=non-match]")?.textContent).toContain(PAGE_TEXTS.en.reasons["non-match"].text);
    expect(page.querySelectorAll("#alternatives li")).toHaveLength(2);
  });
});

describe("before the camera", () => {
  it("tells line, retention and alternatives, and asks for consent", async () => {
    const { page, calls, settle } = await open("created");
    expect(page.querySelector("[data-kept=reference] dd")?.textContent).toBe("10 minutes");
    expect(page.querySelector("[data-kept=frames] dd")?.textContent).toBe(PAGE_TEXTS.en.retention.none);
    expect(page.querySelector("[data-alternative=in-person]")).not.toBeNull();
    click(page, "agree");
    await settle();
    expect(calls).toContainEqual(["POST", "consent", '{"text_version":"2026-11","language":"en"}']);
    expect(main(page).dataset.state).toBe("document");
  });

  it("lets one say no", async () => {
    const { page, calls, settle } = await open("created");
    click(page, "rather-not");
    await settle();
    click(page, "choose-alternative");
    await settle();
    expect(calls).toContainEqual(["POST", "alternative", '{"reason":"rather-not"}']);
    expect(main(page).dataset.state).toBe("alternative");
  });

  it("lets one leave movements out, and says so when too few are left", async () => {
    const { page, settle } = await open("created");
    click(page, "cannot");
    await settle();
    const boxes = [...page.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
    expect(boxes).toHaveLength(8);
    boxes[0]?.click();
    await settle();
    expect(page.querySelector("#save-cannot")).not.toBeNull();
    for (const box of boxes.slice(1, 7)) box.click();
    await settle();
    expect(page.querySelector("#save-cannot")).toBeNull();
    expect(page.querySelector("#too-few")).not.toBeNull();
    expect(sessionStorage.getItem("simreg cannot _created")).toContain("turn-left");
  });

  it("lets one withdraw at any time", async () => {
    const { page, settle } = await open("referred");
    click(page, "withdraw");
    await settle();
    click(page, "withdraw-yes");
    await settle();
    expect(main(page).dataset.state).toBe("withdrawn");
  });

  it("offers one's own face as the document only in a trial", async () => {
    expect((await open("consented")).page.querySelector("#own-face")).toBeNull();
    expect((await open("trialdocument")).page.querySelector("#own-face")).not.toBeNull();
  });
});

it("switches the language where it stands", async () => {
  const { page, calls, settle } = await open("referred");
  const before = calls.length;
  click(page, "language");
  await settle();
  expect(page.querySelector("h1")?.textContent).toBe(PAGE_TEXTS.zh.referred.title);
  expect(document.documentElement.lang).toBe("zh-CN");
  expect(document.title).toContain(PAGE_TEXTS.zh.name);
  expect(calls).toHaveLength(before);
});

describe("the receipt", () => {
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>';

  async function opened(link: string, answer: (path: string) => Response) {
    const it = newCase(`srl_${link}`);
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (address: string) => {
      const path = address.replace("v1/subscriber/", "");
      asked.push(path);
      return path.startsWith("receipt") ? answer(path) : new Response(JSON.stringify(told(it as NonNullable<typeof it>)));
    });
    window.location.hash = `#srl_${link}`;
    const page = document.createElement("registration-page");
    document.body.replaceChildren(page);
    const settle = async () => {
      for (let count = 0; count < 9; count++) await new Promise((resolve) => setTimeout(resolve, 0));
    };
    await settle();
    return { page, asked, settle };
  }

  it.each(["accepted", "refused", "referred", "failed"])("is offered when a case is %s", async (link) => {
    const { page, asked } = await opened(link, (path) => new Response(path.endsWith("qr") ? SVG : "a.b.c"));
    expect(new Set(asked)).toEqual(new Set(["case", "receipt", "receipt/qr"]));
    expect(page.querySelector(".qr svg path")).not.toBeNull();
    expect(page.querySelector("#receipt-save")).not.toBeNull();
  });

  it("is not offered before an attempt has ended", async () => {
    const { page, asked } = await opened("referenced", () => new Response("", { status: 404 }));
    expect(page.querySelector("receipt-slip")).toBeNull();
    expect(new Set(asked)).toEqual(new Set(["case"]));
  });

  it("can be asked for again where it did not come", async () => {
    let broken = true;
    const { page, settle } = await opened("accepted", (path) => (broken ? new Response("{}", { status: 503 }) : new Response(path.endsWith("qr") ? SVG : "a.b.c")));
    expect(page.querySelector("#receipt-save")).toBeNull();
    broken = false;
    click(page, "receipt-again");
    await settle();
    expect(page.querySelector("#receipt-save")).not.toBeNull();
  });

  it("draws nothing but squares", async () => {
    const odd = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const { page } = await opened("accepted", (path) => new Response(path.endsWith("qr") ? odd : "a.b.c"));
    expect(page.querySelector(".qr svg")).toBeNull();
    expect(page.querySelector("#receipt-save")).not.toBeNull();
  });
});

describe("what is held of a person", () => {
  const CASE = { folio: "A", line: "+49155", transaction: "new", state: "activated", opened_at: "2026-11-24T09:00:00Z", consent_text: "2026-11", on_since: "2026-11-24T09:00:00Z", off_since: null, frozen_since: null as string | null, attempts: [{}] };

  async function opened(link: string, broken = false) {
    const it = newCase(`srl_${link}`);
    const asked: [string, string, string][] = [];
    const held = { cases: [{ ...CASE }] };
    vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
      const path = address.replace("v1/subscriber/", "");
      asked.push([String(request.method), path, String(request.body ?? "")]);
      if (path === "holdings") return broken ? new Response('{"code":"server"}', { status: 500 }) : new Response(JSON.stringify(held));
      if (path === "disputes") held.cases[0] = { ...CASE, frozen_since: "2026-11-24T10:00:00Z" };
      if (path === "erasure") return new Response('{"erased":["B"],"kept":[{"folio":"A","why":"line-on","until":null}]}');
      return new Response(JSON.stringify(path === "case" ? told(it as NonNullable<typeof it>) : {}));
    });
    window.location.hash = `#srl_${link}`;
    const page = document.createElement("registration-page");
    document.body.replaceChildren(page);
    const settle = async () => {
      for (let count = 0; count < 9; count++) await new Promise((resolve) => setTimeout(resolve, 0));
    };
    await settle();
    const details = page.querySelector("#my-data") as HTMLDetailsElement | null;
    const open = async () => {
      if (details === null) return;
      details.open = true;
      details.dispatchEvent(new Event("toggle"));
      await settle();
    };
    return { page, asked, settle, open, details };
  }
  const paths = (asked: [string, string, string][]) => asked.map(([, path]) => path);

  it.each(["accepted", "activated"])("is offered when a case is %s, and asked for when it is opened", async (link) => {
    const { page, asked, open } = await opened(link);
    expect(paths(asked)).not.toContain("holdings");
    await open();
    expect(page.querySelector("#my-data li")?.textContent).toContain("+49155");
  });

  it.each(["refused", "referred", "expired", "withdrawn", "created"])("is not offered when a case is %s", async (link) => {
    expect((await opened(link)).details).toBeNull();
  });

  it("freezes a line, with the reason that was chosen", async () => {
    const { page, asked, settle, open } = await opened("activated");
    await open();
    (page.querySelector("[data-dispute]") as HTMLElement).click();
    await settle();
    (page.querySelector("#dispute-reason") as HTMLSelectElement).value = "sim-lost";
    (page.querySelector("[data-freeze]") as HTMLElement).click();
    await settle();
    expect(asked).toContainEqual(["POST", "disputes", '{"line":"+49155","reason":"sim-lost"}']);
    expect(page.querySelector("[data-frozen]")).not.toBeNull();
    expect(page.querySelector("[data-dispute]")).toBeNull();
  });

  it("forgets only when that was said twice, and tells what stays", async () => {
    const { page, asked, settle, open } = await opened("activated");
    await open();
    click(page, "data-forget");
    await settle();
    expect(paths(asked)).not.toContain("erasure");
    click(page, "data-forget-yes");
    await settle();
    expect(paths(asked)).toContain("erasure");
    expect(page.querySelector("#data-erased")?.textContent).toContain("the line is on");
  });

  it("can be asked for again", async () => {
    const { page, open } = await opened("activated", true);
    await open();
    expect(page.querySelector("#data-again")).not.toBeNull();
  });
});
