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
