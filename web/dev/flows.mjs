/** Walks through the page in Chromium with a made-up camera and the stand-in server: `npm run flows`. */

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

process.env.PORT ??= "8125";
const { seen, server } = await import("./server.mjs");
const base = `http://localhost:${process.env.PORT}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
});

const shows = (page, state) => page.waitForSelector(`main[data-state="${state}"]`, { timeout: 30000 });
const captures = (page, state) => page.waitForSelector(`portrait-capture[data-state="${state}"]`, { timeout: 30000 });
const focused = (page) => page.evaluate(() => document.activeElement?.id);

async function walk(name, link, work, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  const said = [];
  page.on("pageerror", (error) => said.push(error.message));
  page.on("console", (message) => /Content.Security|Uncaught/i.test(message.text()) && said.push(message.text()));
  await page.goto(link === null ? base : `${base}r#srl_${link}`);
  await work(page, context);
  assert.deepEqual(said, []);
  await context.close();
  console.log(`ok ${name}`);
}

await walk("from the trial to the accepted case, by keyboard alone", null, async (page) => {
  const press = async (id, key = "Enter") => {
    for (let count = 0; (await focused(page)) !== id; count++) {
      assert.ok(count < 60, `no way to #${id} by Tab`);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press(key);
  };
  await shows(page, "try");
  await press("try");
  await shows(page, "consent");
  await press("agree");
  await shows(page, "document");
  assert.equal(await focused(page), "title");
  await press("own-face");
  await page.waitForSelector("#shutter:not([disabled])");
  await press("shutter");
  await press("use-picture");
  await shows(page, "ready");
  await press("begin");
  const prompts = new Set();
  const until = Date.now() + 30000;
  while (Date.now() < until && (await page.$("portrait-capture"))) {
    prompts.add(await page.$eval("portrait-capture", (one) => one.dataset.prompt).catch(() => ""));
    await page.waitForTimeout(60);
  }
  await shows(page, "accepted");
  assert.deepEqual([...prompts].filter(Boolean), ["turn-left", "blink", "look-up"]);
  assert.equal(await focused(page), "title");
  assert.match(await page.title(), /^Confirmed/);
});
assert.ok(seen.mostUnanswered > 0 && seen.mostUnanswered <= 2);
assert.ok(seen.headers.every(([number, , jpeg]) => Number.isInteger(number) && jpeg === 0xffd8));
const times = seen.headers.map(([, time]) => time);
assert.ok(times.every((time, at) => at === 0 || time > times[at - 1]));
const rate = (1000 * (times.length - 1)) / (times.at(-1) - times[0]);
assert.ok(rate <= 15.5, `${rate} frames a second`);
console.log(`   ${times.length} frames, ${rate.toFixed(1)} a second, at most ${seen.mostUnanswered} unanswered`);

await walk("a connection that is cut is taken up again", "referenced-cut", async (page) => {
  await page.click("#begin");
  await captures(page, "renewing");
  await captures(page, "running");
  await shows(page, "accepted");
});

await walk("cut while the result is on its way: the server's result is shown", "referenced-cutjudging", async (page) => {
  await page.click("#begin");
  await captures(page, "judging");
  await shows(page, "accepted");
});

await walk("interrupted too often: the person decides", "referenced-cutalways", async (page) => {
  await page.click("#begin");
  await shows(page, "elsewhere");
  assert.equal(await page.textContent("#continue"), "Go on here");
});

await walk("a failed attempt says why, and the next one can begin", "referenced-fail", async (page) => {
  await page.click("#begin");
  await shows(page, "again");
  assert.ok(await page.$("[data-reason=challenge-wrong-action]"));
  assert.equal(await page.getAttribute("#attempts", "data-used"), "1");
  await page.click("#begin");
  await captures(page, "running");
});

await walk("reload in mid-capture, and a second tab", "referenced-turnleft", async (page, context) => {
  await page.click("#begin");
  await captures(page, "running");
  const second = await context.newPage();
  await second.goto(page.url());
  await shows(second, "elsewhere");
  await second.close();
  await page.reload();
  await shows(page, "elsewhere");
  await page.click("#continue");
  await captures(page, "running");
  assert.equal(await page.getAttribute("#attempts", "data-used"), "1");
});

await walk("stopping asks first, and counts", "referenced-turnleft-stop", async (page) => {
  await page.click("#begin");
  await captures(page, "running");
  await page.click("portrait-capture #stop");
  await page.click("portrait-capture #stop-no");
  await page.click("portrait-capture #stop");
  await page.click("portrait-capture #stop-yes");
  await shows(page, "again");
  assert.match(await page.textContent("h1"), /You stopped/);
});

await walk("a page in the background pauses and goes on", "referenced-turnleft-hide", async (page) => {
  await page.click("#begin");
  await captures(page, "running");
  const turn = (state) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await turn("hidden");
  await captures(page, "trouble");
  assert.equal(await page.getAttribute("portrait-capture", "data-trouble"), "hidden");
  await turn("visible");
  await page.click("portrait-capture #way-on");
  await captures(page, "running");
});

await walk("Chinese without a reload, in mid-capture", "referenced-turnleft-zh", async (page) => {
  await page.click("#begin");
  await page.waitForSelector('portrait-capture[data-prompt="turn-left"]');
  await page.click("#language");
  await captures(page, "running");
  assert.equal(await page.textContent("portrait-capture #prompt span"), "请向您的左边转头");
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
});

await walk("no permission: words, and the attempt is not used up", "referenced-refusal", async (page) => {
  await page.evaluate(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"))));
  await page.click("#begin");
  await captures(page, "trouble");
  assert.equal(await page.getAttribute("portrait-capture", "data-trouble"), "camera-refused");
  await page.click("portrait-capture #leave");
  await shows(page, "ready");
  assert.equal(await page.getAttribute("#attempts", "data-used"), "0");
});

await walk("reduced motion: nothing moves", "referenced-turnleft-calm", async (page) => {
  await page.click("#begin");
  await page.waitForSelector('portrait-capture[data-prompt="turn-left"]');
  const running = await page.evaluate(() => document.querySelector("portrait-capture").shadowRoot.getAnimations().filter((one) => one.playState === "running").length);
  assert.equal(running, 0);
}, { reducedMotion: "reduce" });

await browser.close();
server.close();
server.closeAllConnections();
process.exit(0);
