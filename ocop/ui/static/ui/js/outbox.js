// An outbox: what was typed or photographed on this device and not yet taken by the server. Kept in IndexedDB, sent in
// order, each item with a key of its own so that sending it twice keeps it once. Nothing is dropped but what was taken.
//
//   const box = new Outbox({ channel, user, sessionUrl, changed, kept });
//   await box.open();
//   await box.put({ slot, url, fields, file, last });  // an item of the same slot that still waits is replaced
//
// States of an item: waiting, sending, conflict (409 with `theirs`), refused. `last` is sent when nothing else is left.
// `on` names the slot whose revision it is sent on. An `anywhere` item (with its `page`, its `label` and the key of
// localStorage that it makes superfluous, `forget`) is sent from whatever page is open: see waiting.js.

import { openDB } from "../vendor/idb/index.js";

const RETRY_AFTER = [2, 5, 15, 30, 60]; // seconds
const LONGEST_WAIT = 60; // seconds for an answer: a photo on a thin line takes long
const REFUSALS = new Set([400, 403, 404, 410, 413, 422]);
const DATABASE = "hop-thu-di";

const database = () =>
  openDB(DATABASE, 1, {
    upgrade(db) {
      const items = db.createObjectStore("items", { keyPath: "order", autoIncrement: true });
      items.createIndex("channel", "channel");
      db.createObjectStore("known"); // user:channel:slot → the revision and fields that the server last told this device
    },
  });

export const newKey = () => crypto.randomUUID?.() ?? ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

/** What this person handed in on this device and any page may send. */
export async function sentAnywhere(person) {
  const items = await (await database()).getAll("items");
  return items.filter((item) => item.anywhere && item.user === String(person));
}

/** How many items of any channel still wait on this device, and how many of them are not this person's. */
export async function stillWaiting(person) {
  const items = await (await database()).getAll("items");
  return { all: items.length, others: items.filter((item) => item.user !== person).length };
}

export class Outbox {
  constructor({ channel, user, sessionUrl, changed = () => {}, kept = () => {} }) {
    Object.assign(this, { channel, user: String(user), sessionUrl, changed, kept });
    this.state = "idle"; // idle, sending, offline, sign-in, other-user
    this.failures = 0;
    this.timer = 0;
  }

  async open() {
    this.db = await database();
    await navigator.storage?.persist?.().catch(() => false);
    window.addEventListener("online", () => this.later(0));
    window.addEventListener("offline", () => this.#to("offline"));
    document.addEventListener("visibilitychange", () => document.hidden || this.later(0));
    for (const item of await this.items()) if (item.state === "sending") await this.#mark(item, "waiting");
    return this;
  }

  async items() {
    const items = await this.db.getAllFromIndex("items", "channel", this.channel);
    return items.filter((item) => item.user === this.user);
  }

  async known(slot) {
    return this.db.get("known", `${this.user}:${this.channel}:${slot}`);
  }

  async learn(slot, value) {
    await this.db.put("known", value, `${this.user}:${this.channel}:${slot}`);
  }

  async put({ slot, url, fields, file = null, last = false, on = "", anywhere = null }) {
    const before = (await this.items()).find((item) => item.slot === slot && item.state !== "sending");
    const item = { channel: this.channel, user: this.user, slot, url, fields, file, last, on, key: newKey(), state: "waiting", at: Date.now() };
    if (anywhere) item.anywhere = { ...anywhere, sessionUrl: this.sessionUrl };
    if (before) item.order = before.order;
    await this.db.put("items", item);
    this.changed();
    this.later(0);
    return item.key;
  }

  async drop(order) {
    await this.db.delete("items", order);
    this.changed();
  }

  /** After a choice was made: the item goes out again. */
  async again(item) {
    await this.db.put("items", { ...item, key: newKey(), state: "waiting", message: "", theirs: null });
    this.changed();
    this.later(0);
  }

  async forget() {
    for (const item of await this.items()) await this.db.delete("items", item.order);
    const range = IDBKeyRange.bound(`${this.user}:${this.channel}:`, `${this.user}:${this.channel}:\uffff`);
    await this.db.delete("known", range);
    this.changed();
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  /** Sends what waits, in order; true when nothing waits any more. One tab sends at a time. */
  async flush() {
    const run = () => this.#send();
    if (!navigator.locks) return run();
    return navigator.locks.request(`hop-thu-di:${this.channel}`, run);
  }

  async #send() {
    let waiting = await this.#next();
    if (!waiting) return true;
    const session = await this.#session();
    if (!session) return false;
    while (waiting) {
      this.#to("sending");
      await this.#mark(waiting, "sending");
      const answer = await this.#post(waiting, session.token);
      if (!answer) {
        await this.#mark(waiting, "waiting");
        this.#wait();
        return false;
      }
      await this.#take(waiting, answer);
      waiting = await this.#next();
    }
    this.failures = 0;
    this.#to("idle");
    return !(await this.items()).length;
  }

  async #next() {
    const items = await this.items();
    const waiting = items.filter((item) => item.state === "waiting");
    return waiting.find((item) => !item.last) ?? (items.every((item) => item.last) ? waiting[0] : undefined);
  }

  /** Who is signed in now: what one person typed is never sent in another's name. */
  async #session() {
    try {
      const answer = await fetch(this.sessionUrl, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(15_000) });
      if (!answer.ok) throw new Error("no answer");
      const told = await answer.json();
      if (told.user === null) this.#to("sign-in");
      else if (String(told.user) !== this.user) this.#to("other-user");
      else return told;
    } catch {
      this.#wait();
    }
    return null;
  }

  async #post(item, token) {
    const body = new FormData();
    const known = await this.known(item.on || item.slot);
    for (const [name, value] of Object.entries(item.fields)) body.append(name, value ?? "");
    body.set("key", item.key);
    if (!item.last || item.on) body.set("revision", String(known?.revision ?? 0));
    if (item.file) body.append("photo", item.file, item.file.name || "anh.jpg");
    try {
      const answer = await fetch(item.url, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual", // a redirect is the sign-in page: nothing was kept
        signal: AbortSignal.timeout(LONGEST_WAIT * 1000),
        headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      if (answer.type === "opaqueredirect" || answer.status === 429 || answer.status >= 500) return null;
      return { status: answer.status, told: await answer.json().catch(() => ({})) };
    } catch {
      return null;
    }
  }

  async #take(item, { status, told }) {
    if (status < 300) {
      if (told.revision !== undefined) await this.learn(item.slot, { revision: told.revision, fields: item.fields, at: told.saved_at });
      const now = await this.db.get("items", item.order);
      if (now?.key === item.key) await this.db.delete("items", item.order); // else typed over meanwhile: goes out next
      this.kept(item, told);
    } else if (status === 409 && told.theirs) {
      await this.#mark(item, "conflict", told);
    } else if (status === 409 || REFUSALS.has(status)) {
      await this.#mark(item, "refused", { ...told, status });
    } else {
      await this.#mark(item, "waiting");
    }
    this.changed();
  }

  async #mark(item, state, { message = "", theirs = null, status = 0 } = {}) {
    const now = await this.db.get("items", item.order);
    if (!now || now.key !== item.key) return; // typed over meanwhile
    await this.db.put("items", { ...now, state, message, theirs, status });
    this.changed();
  }

  #wait() {
    this.#to("offline");
    const wait = RETRY_AFTER[Math.min(this.failures, RETRY_AFTER.length - 1)];
    this.failures += 1;
    this.later(wait * 1000);
  }

  #to(state) {
    this.state = state;
    this.changed();
  }
}
