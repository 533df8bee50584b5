import { readFileSync } from "node:fs";

const RECEIPTS = JSON.parse(readFileSync(new URL("../tests/receipts.json", import.meta.url), "utf-8")).receipts;

/** Every state of the pages, and how to come to it: [name, link, steps, options]. */

const click = (id) => (page) => page.click(`#${id}`);
const captureState = (state) => (page) => page.waitForSelector(`portrait-capture[data-state="${state}"]`, { timeout: 30000 });
const prompted = (action) => (page) => page.waitForSelector(`portrait-capture[data-prompt="${action}"]`, { timeout: 20000 });
const guided = (hint) => (page) => page.waitForSelector(`portrait-capture[data-guidance="${hint}"]`, { timeout: 20000 });
const screen = (name) => (page) => page.waitForSelector(`main[data-state="${name}"]`, { timeout: 30000 });
const pause = (milliseconds) => (page) => page.waitForTimeout(milliseconds);
const trouble = captureState("trouble");
const faulty = (name) => ({ init: `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", ${JSON.stringify(name)}));` });
const file = async (page) => page.setInputFiles("#file", { name: "card.jpg", mimeType: "image/jpeg", buffer: await picture(page) });

/** A made-up document: a card with a head drawn on it. */
async function picture(page) {
  const address = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 1200, height: 800 });
    const it = canvas.getContext("2d");
    const box = (colour, ...at) => ((it.fillStyle = colour), it.fillRect(...at));
    box("#5d6b70", 0, 0, 1200, 800);
    box("#e8efe9", 90, 90, 1020, 620);
    box("#c3d3cb", 150, 220, 320, 410);
    it.fillStyle = "#7c6456";
    it.beginPath();
    it.ellipse(310, 400, 90, 120, 0, 0, 7);
    it.fill();
    for (const y of [230, 310, 390, 470, 550]) box("#6b7f78", 530, y, 300 + ((y * 7) % 220), 26);
    return canvas.toDataURL("image/jpeg", 0.9);
  });
  return Buffer.from(address.split(",")[1], "base64");
}

/** A receipt of the made-up ones, verified. */
const given = (number) => async (page) => {
  await page.fill("#text", RECEIPTS[number].text);
  await page.click("#verify");
  await page.waitForSelector("#outcome [data-code]");
};

const opened = async (page) => {
  await page.click("#my-data summary");
  await page.waitForSelector("#my-data li");
};

export const STATES = [
  ["try", null, []],
  ["my-data", "srl_activated", [opened]],
  ["my-data-dispute", "srl_activated", [opened, (page) => page.click("[data-dispute]")]],
  ["my-data-frozen", "srl_activated", [opened, (page) => page.click("[data-dispute]"), (page) => page.click("[data-freeze]"), (page) => page.waitForSelector("[data-frozen]")]],
  ["my-data-forgotten", "srl_activated", [opened, click("data-forget"), click("data-forget-yes"), (page) => page.waitForSelector("#data-erased")]],
  ["receipt", null, [], { path: "receipt" }],
  ["receipt-true", null, [given(0)], { path: "receipt" }],
  ["receipt-false", null, [given(5)], { path: "receipt" }],
  ["loading", "srl_created", [], { hang: true }],
  ["no-link", "", []],
  ["link-unknown", "srl_nobody", []],
  ["trouble", "srl_broken", []],
  ["crowded", "srl_crowded", []],
  ["consent", "srl_created", []],
  ["consent-trial", "srl_trial", []],
  ["cannot", "srl_created", [click("cannot"), (page) => page.check("input[name=turn-left]"), (page) => page.check("input[name=look-up]")]],
  ["cannot-too-few", "srl_created", [click("cannot"), async (page) => { for (const box of (await page.$$("input[type=checkbox]")).slice(1)) await box.check(); }]],
  ["consent-cannot", "srl_created", [click("cannot"), (page) => page.check("input[name=turn-left]"), click("save-cannot")]],
  ["rather-not", "srl_created", [click("rather-not")]],
  ["withdraw", "srl_created", [click("withdraw")]],
  ["document", "srl_consented", []],
  ["document-trial", "srl_trialdocument", []],
  ["document-live", "srl_consented", [click("photo"), pause(1500)], { touch: false }],
  ["document-face", "srl_trialdocument", [click("own-face"), pause(1500), click("shutter"), pause(300)]],
  ["document-preview", "srl_consented", [file, pause(400)]],
  ["document-sending", "srl_consented", [file, pause(300), click("use-picture"), pause(100)]],
  ["document-problem", "srl_consented-blurred", [file, pause(300), click("use-picture"), pause(900)]],
  ["document-damaged", "srl_consented-damaged", [file, pause(300), click("use-picture"), pause(900)]],
  ["document-no-camera", "srl_consented", [click("photo"), pause(300)], { ...faulty("NotFoundError"), touch: false }],
  ["ready", "srl_referenced", []],
  ["asking", "srl_referenced", [click("begin"), pause(1400)], { init: "navigator.mediaDevices.getUserMedia = () => new Promise(() => {});" }],
  ["connecting", "srl_referenced", [click("begin"), captureState("connecting")], { holdAttempts: true }],
  ["queue", "srl_referenced-queue", [click("begin"), captureState("waiting"), pause(300)]],
  ["begin", "srl_referenced-begin", [click("begin"), captureState("running"), pause(500)]],
  ...["turn-left", "turn-right", "look-up", "look-down", "blink", "close-eyes", "open-mouth", "approach"].map((action) => [
    action, `srl_referenced-${action.replace("-", "")}`, [click("begin"), prompted(action), pause(400)],
  ]),
  ["no-face", "srl_referenced-noface", [click("begin"), guided("no-face"), pause(900)]],
  ["turn-back", "srl_referenced-back", [click("begin"), guided("turn-back"), pause(900)]],
  ["several", "srl_referenced-several", [click("begin"), guided("several-faces"), pause(900)]],
  ["slow", "srl_referenced-slow", [click("begin"), captureState("running"), pause(6200)]],
  ["stop-question", "srl_referenced-turnleft", [click("begin"), prompted("turn-left"), (page) => page.click("portrait-capture #stop"), pause(300)]],
  ["judging", "srl_referenced-judging", [click("begin"), captureState("judging"), pause(400)]],
  ["renewing", "srl_referenced-cutalways", [click("begin"), captureState("renewing"), pause(200)]],
  ["lost", "srl_referenced-turnleft", [click("begin"), prompted("turn-left"), async (page) => { await page.context().setOffline(true); await page.evaluate(() => window.__sockets?.forEach((one) => one.close())); }, trouble], { sockets: true }],
  ["hidden", "srl_referenced-turnleft", [click("begin"), prompted("turn-left"), (page) => page.evaluate(() => { Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" }); document.dispatchEvent(new Event("visibilitychange")); }), trouble]],
  ["insecure", "srl_referenced", [click("begin"), trouble], { init: "Object.defineProperty(window, 'isSecureContext', { get: () => false });" }],
  ["unsupported", "srl_referenced", [click("begin"), trouble], { init: "Object.defineProperty(navigator, 'mediaDevices', { get: () => undefined });" }],
  ["no-camera", "srl_referenced", [click("begin"), trouble], faulty("NotFoundError")],
  ["refused-camera", "srl_referenced", [click("begin"), trouble], faulty("NotAllowedError")],
  ["busy-camera", "srl_referenced", [click("begin"), trouble], faulty("NotReadableError")],
  ["busy", "srl_referenced-busy", [click("begin"), trouble]],
  ["origin", "srl_referenced-origin", [click("begin"), trouble]],
  ["silence", "srl_referenced-silence", [click("begin"), trouble]],
  ["token", "srl_referenced-token", [click("begin"), trouble]],
  ["old-page", "srl_referenced-old", [click("begin"), trouble]],
  ["gone", "srl_referenced-gone", [click("begin"), trouble]],
  ["gone-document", "srl_referenced-nomore", [click("begin"), trouble, (page) => page.click("portrait-capture #leave"), screen("document")]],
  ["odd-error", "srl_referenced-odd", [click("begin"), trouble]],
  ["settling", "srl_referenced-cutjudging", [click("begin"), screen("settling")], { holdCase: true }],
  ["elsewhere", "srl_elsewhere", []],
  ["elsewhere-worn", "srl_worn", []],
  ["elsewhere-last", "srl_wornout", []],
  ["again", "srl_failed", []],
  ["again-stopped", "srl_stopped", []],
  ["again-odd", "srl_oddreason", []],
  ["locked", "srl_locked", []],
  ["accepted", "srl_accepted", []],
  ["accepted-other", "srl_acceptedother", []],
  ["activated", "srl_activated", []],
  ["referred", "srl_referred", []],
  ["refused", "srl_refused", []],
  ["alternative", "srl_alternative", []],
  ["expired", "srl_expired", []],
  ["withdrawn", "srl_withdrawn", []],
  ["cancelled", "srl_cancelled", []],
];
