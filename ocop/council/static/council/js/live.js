// A page that follows its session: asks every 2 s whether anything is new (a 304 while not), and then puts the new
// parts in the place of the old ones. What somebody is typing in is left alone until the field is left.

const EVERY = 2000;
const EVERY_HIDDEN = 15000;
const LONGEST_WAIT = 10000;

const root = document.querySelector("[data-live]");
const state = root?.querySelector("[data-live-state]");
let seen = root?.dataset.liveSeen;
let failures = 0;
let timer = 0;
let asking = false;
let waiting = false;

function say(words, lost) {
  if (!state || state.textContent === words) return;
  state.textContent = words;
  root.classList.toggle("live--lost", lost);
}

// A part is busy while somebody is in one of its fields or has filled in something there.
function busy(part) {
  const at = document.activeElement;
  if (at && part.contains(at) && at.matches("input, select, textarea")) return true;
  return part.querySelector("form[data-touched]") !== null;
}

function swap(fresh) {
  waiting = false;
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const next = fresh.getElementById(part.id);
    if (!next || next.outerHTML === part.outerHTML) continue;
    if (busy(part)) {
      waiting = true;
      continue;
    }
    const open = [...part.querySelectorAll("details[open][id]")].map((each) => each.id);
    const focus = part.contains(document.activeElement) ? document.activeElement.id : "";
    const node = document.importNode(next, true);
    part.replaceWith(node);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    window.htmx?.process(node);
  }
  document.dispatchEvent(new CustomEvent("live:swapped"));
}

async function takeNew() {
  const answer = await fetch(root.dataset.livePage, { headers: { "X-Live": "1" }, cache: "no-store", redirect: "manual" });
  if (answer.status === 403 || answer.status === 404 || answer.type === "opaqueredirect") {
    location.reload();
    return;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

async function ask() {
  if (asking) return;
  asking = true;
  try {
    const headers = seen ? { "If-None-Match": seen } : {};
    const answer = await fetch(root.dataset.live, { headers, cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      location.reload();
      return;
    }
    if (answer.status === 200) {
      const mark = answer.headers.get("ETag");
      await takeNew();
      seen = mark;
    } else if (answer.status !== 304) {
      throw new Error(String(answer.status));
    }
    failures = 0;
    say("Đang cập nhật trực tiếp", false);
  } catch {
    failures += 1;
    say("Mất kết nối, đang thử lại", true);
  } finally {
    asking = false;
    later();
  }
}

function later() {
  clearTimeout(timer);
  const usual = document.hidden ? EVERY_HIDDEN : EVERY;
  timer = setTimeout(ask, Math.max(usual, Math.min(failures * EVERY, LONGEST_WAIT)));
}

// The clock of the meeting: the server's hour when the page was made, carried on by the device.
function tick() {
  const clock = document.querySelector("[data-live-clock]");
  if (!clock) return;
  clock.dataset.from ??= String(performance.now());
  const minutes = Math.floor((performance.now() - Number(clock.dataset.from)) / 60000) + Number(clock.dataset.liveClock);
  const pad = (number) => String(number).padStart(2, "0");
  clock.textContent = `${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`;
}

if (root) {
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form");
    if (form?.closest("[data-live-part]")) form.dataset.touched = "";
  });
  document.addEventListener("focusout", () => {
    if (waiting) setTimeout(() => takeNew().catch(() => {}), 0);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  window.addEventListener("online", ask);
  window.addEventListener("offline", () => say("Mất kết nối, đang thử lại", true));
  setInterval(tick, 5000);
  later();
}
