/**
 * Pictures of every state, in both languages, narrow and wide, light and dark, with axe-core's findings:
 * `npm run shots [-- NAME...]`. They go to web/shots; the exit status tells whether axe found anything.
 */

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

process.env.PORT ??= "8124";
const { server } = await import("./server.mjs");
const { STATES } = await import("./states.mjs");

const base = `http://localhost:${process.env.PORT}/`;
const folder = process.env.SHOTS ?? join(dirname(fileURLToPath(import.meta.url)), "../shots");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wanted = new Set(process.argv.slice(2));
const sizes = { 320: [320, 640], 390: [390, 844], 1280: [1280, 860] };
const variants = ["en-390-light", "zh-390-dark", "zh-1280-light", "en-1280-dark", "en-320-light", "zh-390-light", "en-390-dark"];
const chosen = (process.env.VARIANTS ?? variants.join(" ")).split(" ");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", ...(process.env.CAMERA ? [`--use-file-for-fake-video-capture=${process.env.CAMERA}`] : [])],
});
let faults = 0;
for (const variant of chosen) {
  const [language, width, scheme] = variant.split("-");
  mkdirSync(join(folder, variant), { recursive: true });
  for (const [name, link, steps, options = {}] of STATES) {
    if (wanted.size > 0 && !wanted.has(name)) continue;
    const [w, h] = sizes[width];
    const context = await browser.newContext({
      viewport: { width: w, height: h },
      locale: language === "zh" ? "zh-CN" : "en-GB",
      timezoneId: "Europe/Berlin",
      colorScheme: scheme,
      reducedMotion: scheme === "dark" ? "reduce" : "no-preference",
      hasTouch: w < 600 && options.touch !== false,
      isMobile: false,
      serviceWorkers: "block",
    });
    const page = await context.newPage();
    const said = [];
    page.on("pageerror", (error) => said.push(`error: ${error.message}`));
    page.on("console", (message) => /Content.Security|Refused|Uncaught/i.test(message.text()) && said.push(message.text()));
    await page.addInitScript(`try { sessionStorage.setItem("simreg language", "${language}") } catch {}`);
    if (options.init) await page.addInitScript(options.init);
    if (options.sockets) {
      await page.addInitScript(() => {
        window.__sockets = [];
        const Real = WebSocket;
        window.WebSocket = class extends Real {
          constructor(...all) {
            super(...all);
            window.__sockets.push(this);
          }
        };
      });
    }
    let reads = 0;
    if (options.hang) await page.route("**/v1/subscriber/case", () => {});
    if (options.holdAttempts) await page.route("**/v1/subscriber/attempts", () => {});
    if (options.holdCase) await page.route("**/v1/subscriber/case", (route) => (reads++ < 1 ? route.continue() : undefined));
    try {
      const unique = link === null ? "" : link.includes("srl_") && !/broken|crowded|nobody/.test(link) ? `${link}${link.includes("-") ? "" : "-accept"}-${variant}-${name}` : link;
      await page.goto(link === null ? base + (options.path ?? "") : `${base}r#${unique}`);
      await page.waitForSelector("main[data-state]");
      if (!options.hang && link !== null) await page.waitForSelector('main:not([data-state="loading"])');
      for (const step of steps) await step(page);
      await page.screenshot({ path: join(folder, variant, `${name}.png`), fullPage: true });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      for (const one of violations) said.push(`axe ${one.id}: ${one.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary?.split("\n").slice(1).join(";")}`).join(" | ")}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) said.push(`scrolls sideways by ${wide} px`);
      const small = await page.evaluate(() => {
        const all = [...document.querySelectorAll("button, a, .button, summary, .check"), ...(document.querySelector("portrait-capture")?.shadowRoot?.querySelectorAll("button") ?? [])];
        return all.map((one) => [one.id || one.className, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && (box.height < 44 || box.width < 44)).map(([id, box]) => `${id} ${Math.round(box.width)}x${Math.round(box.height)}`);
      });
      if (small.length > 0) said.push(`small targets: ${small.join(", ")}`);
    } catch (error) {
      said.push(`not reached: ${error.message.split("\n")[0]}`);
      await page.screenshot({ path: join(folder, variant, `${name}.png`) }).catch(() => {});
    }
    for (const one of said) console.log(`${variant} ${name}: ${one}`);
    faults += said.length;
    await context.close();
  }
}
await browser.close();
server.close();
console.log(faults === 0 ? "nothing found" : `${faults} findings`);
process.exit(faults === 0 ? 0 : 1);
