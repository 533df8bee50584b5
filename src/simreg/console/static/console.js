// Everything works without this. It follows a case while its page is open, writes times in the reader's own time zone,
// and brings the buttons that need a script.
"use strict";

const EVERY_MS = 2000;
const byId = (id) => document.getElementById(id);
const language = document.documentElement.lang;

function localTimes(root) {
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "medium", timeStyle: "short" });
  for (const time of root.querySelectorAll("time[datetime]")) time.textContent = format.format(new Date(time.dateTime));
}

/** Whether somebody is at work in a part of the page, so that it must not be made anew under their hands. */
function inUse(part) {
  const fields = [...part.querySelectorAll("input:not([type=hidden]), textarea")];
  return part.contains(document.activeElement) || fields.some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
}

function show(told) {
  for (const [name, text] of Object.entries(told.parts)) {
    const part = byId(name);
    if (part === null) continue;
    if (inUse(part)) {
      byId("changed")?.removeAttribute("hidden");
      continue;
    }
    part.innerHTML = text;
    localTimes(part);
  }
  byId("said").textContent = told.said;
}

function follow(place) {
  let version = place.dataset.version;
  const again = () => setTimeout(look, EVERY_MS);
  async function look() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", look, { once: true });
      return;
    }
    try {
      const response = await fetch(`${place.dataset.follow}?version=${version}`, { cache: "no-store" });
      if ([401, 403, 404].includes(response.status)) return location.assign(place.dataset.follow.replace(/\/state$/, ""));
      if (!response.ok) throw new Error(String(response.status));
      byId("lost").hidden = true;
      if (response.status === 204) return again();
      const told = await response.json();
      version = String(told.version);
      show(told);
      if (!told.over) again();
    } catch {
      byId("lost").hidden = false;
      again();
    }
  }
  again();
}

function button(element, act) {
  element.hidden = false;
  element.addEventListener("click", act);
}

// --- the device's key: made here, kept by the browser, and of no use to anybody who copies what can be read of it --------

const STORE = "keys";
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

function stored(mode, act) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("simreg", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const asked = act(opening.result.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    };
  });
}

const base64 = (data) => btoa(String.fromCharCode(...new Uint8Array(data)));
const keyPair = () => stored("readonly", (store) => store.get("device"));

async function deviceKey() {
  const known = await keyPair();
  if (known) return known;
  const made = await crypto.subtle.generateKey(ALGORITHM, false, ["sign"]);
  await stored("readwrite", (store) => store.put(made, "device"));
  return made;
}

const publicKey = async (pair) => crypto.subtle.exportKey("spki", pair.publicKey);

/** Fill a form in before it is sent. Where that fails it goes as it is, and the server says what is missing. */
function before(form, fill) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await fill();
    } finally {
      HTMLFormElement.prototype.submit.call(form);
    }
  });
}

async function sign(form) {
  const pair = await keyPair();
  if (!pair) return;
  const field = (name) => String(new FormData(form).get(name) ?? "");
  const message = { agent: form.dataset.sign };
  for (const name of ["channel", "line", "once", "profile", "transaction"]) message[name] = field(name);
  const bytes = new TextEncoder().encode(JSON.stringify(message));
  form.elements.signature.value = base64(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, bytes));
}

async function hasKeyOf(notice) {
  const pair = await keyPair();
  const digest = pair && [...new Uint8Array(await crypto.subtle.digest("SHA-256", await publicKey(pair)))];
  const mine = digest && digest.map((one) => one.toString(16).padStart(2, "0")).join("") === notice.dataset.device;
  const words = notice.querySelector("[data-other]");
  if (!mine) words.textContent = words.dataset.other;
}

for (const form of document.querySelectorAll("form[data-register]")) {
  before(form, async () => {
    form.elements.key.value = base64(await publicKey(await deviceKey()));
  });
}
for (const form of document.querySelectorAll("form[data-sign]")) before(form, () => sign(form));
for (const notice of document.querySelectorAll("[data-device]")) hasKeyOf(notice);

localTimes(document);
const place = document.querySelector("[data-follow]");
if (place !== null) follow(place);
for (const one of document.querySelectorAll("[data-print]")) button(one, () => print());
if (navigator.clipboard) {
  for (const one of document.querySelectorAll("[data-copy]")) {
    button(one, async () => {
      await navigator.clipboard.writeText(byId(one.dataset.copy).value);
      one.textContent = one.dataset.copied;
    });
  }
}
// A page that the browser kept is asked for anew: the one who comes back to it may be somebody else.
addEventListener("pageshow", (event) => event.persisted && location.reload());
