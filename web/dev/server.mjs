/** A small stand-in for the server: `npm run dev`, then open http://localhost:8123/ or .../r#srl_created-accept. */

import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";

import { newCase, SCRIPTS, told } from "./mock.mjs";

const BUILT = join(dirname(fileURLToPath(import.meta.url)), "../../src/simreg/web/built");
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".md": "text/plain" };
const POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'none'";
const cases = new Map();
const captures = new Map();
let drawn = 0;
/** What the socket was sent, for tests: frames, the most unanswered, the sizes of the pictures. */
export const seen = { frames: 0, mostUnanswered: 0, headers: [] };

const json = (answer, status, body, more = {}) => {
  answer.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...more });
  answer.end(body === undefined ? undefined : JSON.stringify(body));
};
const problem = (answer, status, code, more) =>
  json(answer, status, { type: "about:blank", title: code, status, detail: `The server's words for ${code}.`, code, remedy: "" }, more);

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** Receipts and a log, made up; and squares in place of a QR code. */
const RECEIPTS = JSON.parse(readFileSync(new URL("../tests/receipts.json", import.meta.url), "utf-8"));
const SQUARES = Array.from({ length: 21 * 21 }, (_, at) => ((at * 7919) % 13 < 6 ? `M${(at % 21) + 2} ${Math.floor(at / 21) + 2}h1v1h-1z` : "")).join("");
const QR = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25"><path fill="#fff" d="M0 0h25v25h-25z"/><path d="${SQUARES}"/></svg>`;

function file(answer, name) {
  const path = join(BUILT, name);
  if (!/^[\w.-]+$/.test(name) || !existsSync(path)) return problem(answer, 404, "not-found");
  answer.writeHead(200, { "Content-Type": `${KINDS[extname(name)]}; charset=utf-8`, "Content-Security-Policy": POLICY, "Cache-Control": "no-store" });
  createReadStream(path).pipe(answer);
}

const held = (it) => ({
  folio: "7K3M-90QX-2TFA",
  line: "+49 1512 3456789",
  transaction: "new",
  state: it.state,
  opened_at: "2026-11-24T09:00:00Z",
  consent_text: "2026-11",
  on_since: "2026-11-24T09:58:12Z",
  off_since: null,
  frozen_since: it.frozen ?? null,
  attempts: [{}],
});

async function subscriber(request, answer, path) {
  const link = (request.headers.authorization ?? "").replace("Bearer ", "");
  if (link === "srl_broken") return problem(answer, 500, "server");
  if (link === "srl_crowded") return problem(answer, 429, "too-many", { "Retry-After": "7" });
  if (!cases.has(link)) {
    const made = newCase(link);
    if (made === null) return problem(answer, 401, "link-invalid");
    cases.set(link, made);
  }
  const it = cases.get(link);
  const data = await body(request);
  switch (`${request.method} ${path}`) {
    case "GET case":
      return json(answer, 200, told(it));
    case "GET holdings":
      return json(answer, 200, { cases: [held(it), { ...held(it), folio: "2FW8Q-K11ZD", line: "+49 1512 9999999", state: "refused", on_since: null }] });
    case "POST erasure":
      return json(answer, 200, { erased: ["2FW8Q-K11ZD"], kept: [{ folio: "7K3M-90QX-2TFA", why: "line-on", until: null }] });
    case "POST disputes":
      it.frozen = "2026-11-24T10:00:00Z";
      return json(answer, 200, {});
    case "GET receipt":
      if (it.result === null) return problem(answer, 404, "receipt-none");
      answer.writeHead(200, { "Content-Type": "application/jose" });
      return answer.end(RECEIPTS.receipts[0].text);
    case "GET receipt/qr":
      answer.writeHead(200, { "Content-Type": "image/svg+xml" });
      return answer.end(QR);
    case "POST consent":
      if (it.state !== "created") return problem(answer, 409, "act-not-possible");
      it.state = "consented";
      return json(answer, 200, {});
    case "POST alternative":
      it.state = "alternative";
      return json(answer, 200, {});
    case "POST withdrawal":
      it.state = "withdrawn";
      return json(answer, 200, {});
    case "PUT reference": {
      await new Promise((resolve) => setTimeout(resolve, 400));
      if (it.script === "blurred") return json(answer, 200, { problem: { code: "reference-blurred", text: "x", remedy: "y" }, quality: 12 });
      if (it.script === "damaged") return problem(answer, 422, "picture-damaged");
      if (data.length < 100) return problem(answer, 422, "picture-unknown");
      it.state = "referenced";
      return json(answer, 200, { problem: null, quality: 80 });
    }
    case "POST attempts": {
      if (it.script === "nomore") return problem(answer, 409, "reference-gone");
      if (it.state === "capturing") it.restarts++;
      else it.used++, (it.restarts = 0);
      it.state = "capturing";
      const token = `src_${++drawn}`;
      captures.set(token, it);
      return json(answer, 201, { token, url: "/v1/capture", number: it.used, of: it.of });
    }
    default:
      return problem(answer, 404, "not-found");
  }
}

export const server = createServer((request, answer) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname === "/") return file(answer, "try.html");
  if (pathname === "/receipt") return file(answer, "receipt.html");
  if (pathname === "/log/key") return answer.end(RECEIPTS.key);
  if (pathname === "/log/checkpoint") return answer.end(RECEIPTS.tree.checkpoint);
  if (pathname.startsWith("/log/tile/")) {
    const tile = RECEIPTS.tree.tiles[pathname.slice("/log/".length)];
    return tile === undefined ? problem(answer, 404, "not-found") : answer.end(Buffer.from(tile, "hex"));
  }
  if (pathname === "/r") return file(answer, "registration.html");
  if (pathname.startsWith("/web/")) return file(answer, pathname.slice(5));
  if (pathname === "/v1/try") return json(answer, 201, { token: `srl_trial-accept-${++drawn}` });
  if (pathname.startsWith("/v1/subscriber/")) return void subscriber(request, answer, pathname.slice("/v1/subscriber/".length));
  return problem(answer, 404, "not-found");
});

const sockets = new WebSocketServer({ server, path: "/v1/capture", maxPayload: 256 * 1024 });

sockets.on("connection", (socket) => {
  const say = (message) => socket.readyState === 1 && socket.send(JSON.stringify(message));
  socket.once("message", (first) => {
    const it = captures.get(JSON.parse(String(first)).token);
    if (it === undefined) return socket.close(4401);
    const script = SCRIPTS[it.script] ?? SCRIPTS.accept;
    if (script.close) return socket.close(script.close);
    if (script.queue) return void say({ type: "wait", seconds: 1 }), void setInterval(() => say({ type: "wait", seconds: 1 }), 1000);
    if (script.error) {
      const [code, again, close] = script.error;
      say({ type: "error", code, text: `The server's words for ${code}.`, again });
      return socket.close(close);
    }
    run(socket, say, it, script);
  });
});

function run(socket, say, it, script) {
  const actions = script.actions ?? ["turn-left", "blink", "look-up"];
  const of = Math.max(1, actions.length);
  say({ type: "ready", attempt: it.used, of: it.of, line: "+49 1512 3456789", actions: of, seconds: 60 });
  let began = null;
  let judging = false;
  let waiting = 0;
  const end = () => {
    judging = true;
    say({ type: "judging" });
    if (script.judgeForEver) return;
    setTimeout(() => {
      it.state = script.end;
      if (script.end === "accepted") it.by = "face";
      const told = (script.reasons ?? ["accepted"]).map((code) => ({ code, text: code }));
      const outcome = { accepted: "accepted", referred: "referred" }[script.end] ?? "failed";
      it.result = { attempt: it.used, outcome, ended_at: new Date().toISOString(), reasons: told };
      if (script.cutJudging) return socket.terminate();
      say({ type: "done", state: it.state, reasons: told, attempts_left: it.of - it.used, folio: "7K3M-90QX-2TFA" });
      socket.close(1000);
    }, 600);
  };
  socket.on("message", (data, binary) => {
    if (!binary) {
      it.state = "referenced";
      it.result = { attempt: it.used, outcome: "abandoned", ended_at: new Date().toISOString(), reasons: [{ code: "stopped", text: "" }] };
      say({ type: "done", state: "referenced", reasons: [], attempts_left: it.of - it.used, folio: "7K3M-90QX-2TFA" });
      return socket.close(1000);
    }
    seen.frames++;
    seen.headers.push([data.readUInt32BE(0), data.readUInt32BE(4), data.readUInt16BE(8)]);
    seen.mostUnanswered = Math.max(seen.mostUnanswered, ++waiting);
    if (judging || (script.mute && seen.frames > 3)) return;
    began ??= Date.now();
    setTimeout(() => {
      waiting--;
      if (!judging) answer(data.readUInt32BE(0));
    }, 25);
  });
  const answer = (frame) => {
    const passed = (Date.now() - began) / 1000 - 1;
    if (script.hold !== undefined || script.judgeForEver) {
      if (script.judgeForEver) return end();
      const { hold, guidance = null } = script;
      return say({ type: "seen", frame, guidance, action: hold, step: hold === null ? 0 : 1, of: 3, done: hold === null ? 0 : 0.4, face: null });
    }
    const each = 1.6;
    const at = Math.floor(Math.max(0, passed) / each);
    if (script.cut > it.restarts && at >= 1) return socket.terminate();
    if (at >= actions.length) return end();
    const share = Math.max(0, passed / each - at);
    const back = share > 0.8;
    const action = passed < 0 || back ? null : actions[at];
    const guidance = passed < 0 ? "look-straight" : back ? "turn-back" : null;
    say({ type: "seen", frame, guidance, action, step: at + (back ? 1 : 0), of, done: action === null ? 0 : share / 0.8, face: [0.3, 0.2, 0.4, 0.5] });
  };
}

const port = Number(process.env.PORT ?? 8123);
server.listen(port, "127.0.0.1", () => console.log(`http://localhost:${port}/`));
