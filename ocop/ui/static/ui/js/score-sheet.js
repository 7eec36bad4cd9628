// The score sheet: saves itself, keeps what could not be sent, is handed in without a line too, answers to the keyboard.
// HTML contract: ocop/ui/README.md. Without this file the form still posts every choice and note.

import { refreshCarried } from "./carry.js";
import { Outbox } from "./outbox.js";

const RETRY_AFTER = [2, 5, 15, 30, 60]; // seconds between attempts while the line is down
const TYPING_PAUSE = 900; // ms without a key before a note is sent
const NO_LINE = "Chưa gửi: mất kết nối. Lựa chọn được giữ trên máy này và sẽ tự gửi lại.";
const LONGEST_WAIT = 20; // seconds for an answer before a saving counts as not sent
const BOX_PATIENCE = 3000; // ms for the device's store to open before the sheet works without it
const LINE_PATIENCE = 4000; // ms for the office to answer before there is no line
const EVIDENCE_PAUSE = 300; // ms on a criterion before its evidence is shown
const REFUSALS = new Set([400, 403, 404, 409, 410, 422]);

// "12,50" → 1250: sums are whole hundredths, never floating point.
const hundredths = (text) => {
  const [whole, rest = ""] = text.replaceAll(".", "").split(",");
  return Number(whole) * 100 + Number(rest.padEnd(2, "0").slice(0, 2));
};
const inWords = (sum) => `${Math.floor(sum / 100)},${String(sum % 100).padStart(2, "0")}`;

/** What was typed and not yet confirmed by the server; survives a closed tab. */
class Unsent {
  constructor(form) {
    this.form = form;
    this.key = `phieu:${form.dataset.sheetKey}`;
    const kept = this.#read();
    this.fields = new Map(Object.entries(kept.fields ?? {}));
    // Typed on a sheet that has been saved elsewhere since: waits for the member's word.
    this.aside = new Map(Object.entries(kept.aside ?? {}));
    if (kept.revision !== this.revision) this.#layAside();
  }

  get revision() {
    return this.form.dataset.revision ?? "";
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "{}");
    } catch {
      return {};
    }
  }

  #layAside() {
    for (const [name, value] of this.fields) this.aside.set(name, value);
    this.fields.clear();
  }

  #write() {
    const [fields, aside] = [this.fields, this.aside].map(Object.fromEntries);
    try {
      if (!this.fields.size && !this.aside.size) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ revision: this.revision, fields, aside }));
    } catch {
      // A full or forbidden store: the choices are still in the page and are still sent.
    }
  }

  put(name, value) {
    this.fields.set(name, value);
    this.#write();
  }

  dropAside() {
    this.aside.clear();
    this.#write();
  }

  takeBack() {
    for (const [name, value] of this.aside) this.fields.set(name, value);
    this.dropAside();
  }

  forget() {
    this.fields.clear();
    this.dropAside();
  }

  /** Forgets what the server has kept, unless it was typed over meanwhile. */
  confirm(sent) {
    for (const [name, value] of sent) if (this.fields.get(name) === value) this.fields.delete(name);
    this.#write();
  }
}

class ScoreSheet {
  constructor(form) {
    this.form = form;
    this.criteria = [...form.querySelectorAll("[data-criterion]")];
    this.current = null;
    this.sending = false;
    this.unanswered = null; // what was sent and never answered: it may have been kept
    this.handingIn = null;
    this.failures = 0;
    this.refused = "";
    this.timer = 0;
    this.held = false; // handed in on this device, waiting for a line
    this.locked = !form.querySelector("input[type=radio]:enabled"); // a closed sheet is only read
  }

  async start() {
    this.box = await this.openBox();
    const copy = await this.box?.known(this.copySlot);
    this.held = !this.locked && ((await this.box?.items()) ?? []).some((item) => item.slot === "nop");
    if (!this.locked) this.begin(copy);
    await this.showHeld();
    this.form.dataset.ready = "1";
    if (this.held) this.box.later(0);
    refreshCarried(this.form.dataset.user).catch(() => {});
  }

  begin(copy) {
    const early = this.early();
    this.takeCopy(copy);
    this.unsent = new Unsent(this.form);
    this.listen();
    for (const [name, value] of early) this.changed(name, value);
    this.restore();
    this.offerBack();
    this.count();
  }

  /** The device's store; without one (a private window) the sheet is handed in by its form only. */
  async openBox() {
    const { channel, user, sessionUrl } = this.form.dataset;
    if (!channel || !window.indexedDB) return null;
    const box = new Outbox({ channel, user, sessionUrl, changed: () => this.showHeld(), kept: (item, told) => this.taken(item, told) });
    const late = new Promise((done) => setTimeout(done, BOX_PATIENCE, null));
    return Promise.race([box.open().catch(() => null), late]);
  }

  get copySlot() {
    return `trang:${this.form.dataset.sheetKey}`;
  }

  part(name) {
    return this.form.querySelector(`[data-sheet-${name}]`);
  }

  // ── state of the page ──

  /** What was ticked or typed while this script was still on its way. A page that a browser filled in again is not. */
  early() {
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return [];
    return [...this.form.querySelectorAll("input[type=radio]:checked, textarea[name]")]
      .filter((field) => (field.type === "radio" ? !field.defaultChecked : field.value !== field.defaultValue))
      .map((field) => [field.name, field.value]);
  }

  /** Everything that is ticked and written, without the keys of the page itself. */
  everything() {
    const fields = Object.fromEntries(new FormData(this.form));
    for (const name of ["csrfmiddlewaretoken", "key"]) delete fields[name];
    return fields;
  }

  /** A page carried along shows an older sheet than the one that this device saw kept last: the later one counts. */
  takeCopy(copy) {
    if (copy && copy.revision > Number(this.form.dataset.revision)) {
      this.fill(copy.fields);
      this.goOn(copy.revision, true);
    } else this.keepCopy();
  }

  keepCopy() {
    this.box?.learn(this.copySlot, { revision: Number(this.form.dataset.revision), fields: this.everything() }).catch(() => {});
  }

  fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = /^(choice|note)-/.test(name) && this.form.elements.namedItem(name);
      if (!field) continue;
      if (field instanceof RadioNodeList) field.value = value;
      else if (field.type === "radio") field.checked = field.value === value;
      else {
        field.value = value;
        if (value) field.closest("details")?.setAttribute("open", "");
      }
      if (value === "" && name.startsWith("choice-")) this.clear(name);
    }
  }

  /** Puts back what an earlier visit typed and could not send. */
  restore() {
    this.fill(Object.fromEntries(this.unsent.fields));
    this.mark([...this.unsent.fields.keys()], "waiting");
    this.later(0);
  }

  valueOnPage(name) {
    const note = this.form.elements.namedItem(name);
    if (!name.startsWith("choice-")) return note?.value;
    return this.form.querySelector(`input[name="${CSS.escape(name)}"]:checked`)?.value ?? "";
  }

  /** The sheet was saved elsewhere since: nothing is put back, or thrown away, without asking. */
  offerBack() {
    const other = [...this.unsent.aside].filter(([name, value]) => this.valueOnPage(name) !== value);
    if (!other.length) {
      this.unsent.dropAside();
      return;
    }
    const codes = [...new Set(other.map(([name]) => name.slice(name.indexOf("-") + 1)))].join(", ");
    const message = this.part("message");
    const button = (words, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button button--secondary button--small";
      made.textContent = words;
      made.addEventListener("click", () => {
        message.replaceChildren();
        act();
      });
      return made;
    };
    const words = document.createElement("span");
    words.textContent = `Máy này còn giữ lựa chọn chưa gửi ở ${codes}, khác với phiếu đang lưu.`;
    const takeBack = () => {
      this.unsent.takeBack();
      this.restore();
      this.count();
    };
    message.replaceChildren(words, button("Lấy lại và gửi", takeBack), button("Bỏ, giữ phiếu đang lưu", () => this.unsent.dropAside()));
  }

  clear(name) {
    for (const radio of this.form.querySelectorAll(`input[name="${CSS.escape(name)}"]`)) radio.checked = false;
  }

  count() {
    const chosen = [...this.form.querySelectorAll("input[type=radio]:checked")];
    const total = this.part("total"); // a sheet of advice has no sum
    if (total) total.textContent = inWords(chosen.reduce((sum, radio) => sum + hundredths(radio.dataset.points), 0));
    this.part("answered").textContent = String(chosen.length);
  }

  say(text, tone = "") {
    const state = this.part("state");
    state.textContent = text;
    state.className = `sheet-bar__state${tone ? ` sheet-bar__state--${tone}` : ""}`;
  }

  mark(names, tone) {
    const words = { saved: "Đã lưu", waiting: "Chưa gửi", refused: "Chưa được ghi" };
    for (const name of names) {
      const code = name.slice(name.indexOf("-") + 1);
      const card = this.criteria.find((each) => each.dataset.criterion === code);
      const state = card?.querySelector("[data-criterion-state]");
      if (!state) continue;
      state.textContent = words[tone];
      state.className = `criterion__state criterion__state--${tone}`;
    }
  }

  // ── saving ──

  changed(name, value, wait = 0) {
    this.unsent.put(name, value);
    this.mark([name], "waiting");
    this.count();
    this.refused = "";
    this.say("Đang chờ gửi…", "waiting");
    this.later(wait);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  async send() {
    // The same again before anything else: the server then knows it, and the revision goes on by one only.
    const sent = this.unanswered ?? [...this.unsent.fields];
    if (this.sending || this.refused || this.held || !sent.length) return;
    this.sending = true;
    this.unanswered = sent;
    this.say("Đang lưu…");
    const token = this.form.elements.csrfmiddlewaretoken?.value ?? "";
    const body = new URLSearchParams(sent);
    if (this.form.dataset.revision) body.set("revision", this.form.dataset.revision);
    if (this.form.elements.version) body.set("version", this.form.elements.version.value);
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST",
        body,
        credentials: "same-origin",
        signal: AbortSignal.timeout(LONGEST_WAIT * 1000),
        redirect: "manual", // a redirect is the sign-in page: nothing was kept
        headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      const told = await answer.json().catch(() => ({}));
      if (answer.type === "opaqueredirect") this.waiting(sent, "Chưa gửi: phiên đăng nhập đã hết. Hãy đăng nhập lại ở một trang khác; lựa chọn được giữ trên máy này.");
      else if (answer.ok) this.kept(sent, told);
      else if (REFUSALS.has(answer.status)) this.notKept(sent, told);
      else this.waiting(sent, NO_LINE);
    } catch {
      this.waiting(sent, NO_LINE);
    } finally {
      this.sending = false;
    }
    if (this.handingIn) {
      const { button } = this.handingIn;
      this.handingIn = null;
      this.handIn(button);
      return;
    }
    if (!this.failures && this.unsent.fields.size) this.later(0);
  }

  kept(sent, told) {
    this.failures = 0;
    this.unanswered = null;
    this.goOn(told.revision);
    this.unsent.confirm(sent);
    this.keepCopy();
    this.mark(sent.filter(([name]) => !this.unsent.fields.has(name)).map(([name]) => name), "saved");
    if (told.message !== undefined) this.part("message").textContent = told.message;
    this.form.dispatchEvent(new CustomEvent("sheet:kept", { bubbles: true }));
    if (!this.unsent.fields.size) {
      if (told.total !== undefined && this.part("total")) this.part("total").textContent = told.total;
      if (told.answered !== undefined) this.part("answered").textContent = told.answered;
      this.say(told.saved_at ? `Đã lưu lúc ${told.saved_at}` : "Đã lưu");
    }
  }

  /** To the revision that holds this page's saving; one further on holds what this page does not show. */
  goOn(revision, farther = false) {
    if (revision === undefined || (!farther && revision > Number(this.form.dataset.revision) + 1)) return;
    this.form.dataset.revision = revision;
    if (this.form.elements.revision) this.form.elements.revision.value = revision;
  }

  notKept(sent, told) {
    this.unanswered = null;
    this.refused = told.message ?? "Máy chủ không nhận. Hãy tải lại trang; lựa chọn vẫn được giữ trên máy này.";
    this.mark(sent.map(([name]) => name), "refused");
    this.say(this.refused, "refused");
  }

  waiting(sent, why) {
    const wait = RETRY_AFTER[Math.min(this.failures, RETRY_AFTER.length - 1)];
    this.failures += 1;
    this.mark(sent.map(([name]) => name), "waiting");
    this.say(why, "waiting");
    this.later(wait * 1000);
  }

  // ── handing in ──

  /** The criteria that are asked here and have no answer. */
  lacking() {
    return this.criteria.filter((card) => card.querySelector("input[type=radio]:enabled") && !card.querySelector("input:checked"));
  }

  /** Hands the sheet in by way of the device's store: without a line it waits there, sent twice it is kept once. */
  async handIn(button) {
    if (this.held) return;
    if (!this.box) {
      this.byForm(button);
      return;
    }
    const lacking = this.lacking();
    if (lacking.length) {
      if (await this.hasLine()) this.byForm(button); // the server says what is wrong, perhaps more than what lacks
      else this.sayLacking(lacking);
      return;
    }
    clearTimeout(this.timer);
    this.held = true;
    this.button = button;
    this.say("Đang nộp phiếu…");
    const fields = this.everything();
    if (button?.name) fields[button.name] = button.value;
    const { sheetKey, product } = this.form.dataset;
    const anywhere = { page: window.location.pathname, label: product, forget: `phieu:${sheetKey}` };
    try {
      await this.box.learn("luu", { revision: Number(this.form.dataset.revision) });
      // What was sent and never answered goes first, so that the server and this page agree on the revision.
      if (this.unanswered) await this.box.put({ slot: "luu", url: this.form.dataset.autosaveUrl, fields: { ...Object.fromEntries(this.unanswered), version: fields.version ?? "" }, anywhere });
      await this.box.put({ slot: "nop", on: "luu", url: this.form.action, fields, last: true, anywhere });
    } catch {
      this.held = false; // the store is full or forbidden
      this.byForm(button);
      return;
    }
    await this.box.flush();
    await this.showHeld();
  }

  async hasLine() {
    if (!navigator.onLine) return false;
    const asked = fetch(this.form.dataset.sessionUrl, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(LINE_PATIENCE) });
    return asked.then((answer) => answer.ok).catch(() => false);
  }

  /** As a whole page: the server answers with what is wrong, each at its place. */
  byForm(button) {
    this.native = true;
    this.form.requestSubmit(button ?? undefined);
  }

  /** The server has taken an item; a sheet handed in leads on. */
  taken(item, told) {
    if (item.slot !== "nop") return;
    this.unsent?.forget();
    this.submitting = true;
    window.location.assign(told.url);
  }

  async drop() {
    for (const item of (await this.box?.items()) ?? []) await this.box.drop(item.order);
  }

  /** What this device holds of the sheet: waiting for a line, or refused and kept to be shown. */
  async showHeld() {
    if (!this.box || this.submitting || this.native || this.dropping) return;
    const items = await this.box.items();
    if (this.submitting || this.native || this.dropping) return; // said by another call meanwhile
    const waits = items.find((item) => item.slot === "nop");
    const refused = items.find((item) => item.state === "refused" || item.state === "conflict");
    if (refused && this.button && [400, 409, 422].includes(refused.status)) {
      this.dropping = true;
      await this.drop();
      this.dropping = false;
      this.hold(false);
      this.byForm(this.button);
      return;
    }
    if (!waits) {
      if (!this.button) this.hold(false);
      return;
    }
    if (this.locked && !refused) return; // waiting.js sends it and says so
    const other = "handedIn" in this.form.dataset; // the page shows what was handed in elsewhere: not mixed with this
    if (!this.filled && !other) this.fill(waits.fields);
    this.filled = true;
    this.hold(!this.locked);
    if (!this.locked) this.count();
    const shown = !this.part("waiting").hidden;
    if (refused) this.sayRefused(refused, other && waits);
    else if (!this.button || this.box.state !== "sending") this.sayWaiting(waits);
    if (this.button && !shown && !this.part("waiting").hidden) this.bringNotice();
  }

  hold(held) {
    this.held = held;
    if (this.locked) return;
    for (const field of this.form.querySelectorAll("fieldset.options:not([data-elsewhere])")) field.disabled = held;
    for (const field of this.form.querySelectorAll("textarea")) field.readOnly = held;
    for (const button of this.form.querySelectorAll("button[type=submit]:not(dialog *)")) button.hidden = held;
  }

  sayWaiting(item) {
    const why = {
      "sign-in": "Phiên đăng nhập đã hết: hãy đăng nhập lại, phiếu sẽ tự gửi.",
      "other-user": "Máy đang đăng nhập tên người khác: hãy đăng nhập lại đúng tên, phiếu sẽ tự gửi.",
      sending: "Đang gửi…",
    }[this.box.state] ?? "Phiếu sẽ tự gửi khi có mạng, kể cả khi bạn đóng rồi mở lại trang.";
    const at = new Date(item.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    this.notice("Phiếu chờ gửi, giữ trên máy này", `Bạn bấm nộp lúc ${at}. ${why}`, [["Thôi, sửa tiếp", () => this.goOnScoring()]], this.ways());
    this.say("Phiếu chờ gửi, giữ trên máy này", "waiting");
  }

  /** Where one goes on from a sheet that waits. */
  ways() {
    const { nextUrl, backUrl } = this.form.dataset;
    return [["Sang sản phẩm tiếp theo", nextUrl], ["Về phiên họp", backUrl]].filter(([, url]) => url);
  }

  sayRefused(item, hidden = null) {
    this.notice("Phiếu trên máy này chưa nộp được", item.message || "Máy chủ không nhận. Phiếu của bạn vẫn trên máy này; hãy báo thư ký Hội đồng.", [
      ...(hidden ? [["Xem phiếu trên máy này", () => this.fill(hidden.fields)]] : []),
      ["Xóa phiếu khỏi máy này", () => this.throwAway()],
    ]);
    if (!this.locked) this.say("Phiếu trên máy này chưa nộp được", "refused");
  }

  async goOnScoring() {
    await this.drop();
    this.hold(false);
    this.button = null;
    this.part("waiting").hidden = true;
    this.say("Phiếu chưa nộp. Sửa xong, bấm nộp lại.");
    this.later(0);
  }

  async throwAway() {
    if (!window.confirm("Phiếu này chưa vào hệ thống. Xóa khỏi máy này là mất. Vẫn xóa?")) return;
    await this.drop();
    window.location.reload();
  }

  sayLacking(cards) {
    const codes = cards.map((card) => card.dataset.criterion);
    for (const card of this.criteria) card.classList.toggle("criterion--wrong", cards.includes(card));
    const words = `Còn ${codes.length} tiêu chí chưa chấm. Nếu không mức nào đạt, chọn “Không có”.`;
    this.notice("Chưa nộp được phiếu", words, [], codes.slice(0, 12).map((code) => [`Tiêu chí ${code}`, `#tieu-chi-${code}`]));
    this.bringNotice();
  }

  bringNotice() {
    this.part("waiting").focus({ preventScroll: true });
    this.part("waiting").scrollIntoView({ block: "center" });
  }

  notice(title, text, buttons, links = []) {
    const box = this.part("waiting");
    if (!box) return;
    const line = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
    const head = document.createElement("p");
    head.append(line("b", title));
    const row = document.createElement("p");
    row.className = "row";
    row.append(...links.map(([words, href]) => Object.assign(line("a", words), { href })));
    row.append(...buttons.map(([words, act]) => {
      const button = Object.assign(line("button", words), { type: "button", className: "button button--secondary button--small" });
      button.addEventListener("click", act);
      return button;
    }));
    box.replaceChildren(head, line("p", text), row);
    box.hidden = false;
  }

  // ── listening ──

  listen() {
    this.form.addEventListener("change", ({ target }) => {
      if (target.type === "radio") this.changed(target.name, target.value);
      else if (target.name?.startsWith("note-")) this.changed(target.name, target.value);
    });
    this.form.addEventListener("input", ({ target }) => {
      if (target.name?.startsWith("note-")) this.changed(target.name, target.value, TYPING_PAUSE);
    });
    this.form.addEventListener("focusin", ({ target }) => this.stand(target.closest("[data-criterion]"), false));
    this.form.addEventListener("pointerdown", ({ target }) => this.stand(target.closest("[data-criterion]"), false));
    // A whole post carries everything; what was waiting goes with it, after the answer that is on its way.
    this.form.addEventListener("submit", (event) => {
      // Sent on as it is: a form cannot be sent again from inside its own submit event.
      if (this.native || (!this.box && !this.sending)) {
        this.submitting = true;
        return;
      }
      event.preventDefault();
      if (this.sending) this.handingIn = { button: event.submitter };
      else this.handIn(event.submitter);
    });
    window.addEventListener("online", () => this.later(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.unsent.fields.size && !this.submitting && !this.refused && !this.held) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => this.key(event));
    const help = this.part("help");
    help.hidden = false;
    help.addEventListener("click", () => this.keys());
  }

  keys() {
    const dialog = this.form.querySelector("[data-sheet-keys]");
    if (dialog.open) dialog.close();
    else dialog.showModal();
  }

  stand(card, go = true) {
    if (!card) return;
    this.current?.classList.remove("criterion--current");
    this.current = card;
    card.classList.add("criterion--current");
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.showEvidence(card), EVIDENCE_PAUSE);
    if (!go) return;
    const target = card.querySelector("input[type=radio]:checked") ?? card.querySelector("input[type=radio]") ?? card;
    target.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  /** The evidence of the criterion at hand stands beside it, unless one of its files is shown already. */
  showEvidence(card) {
    const shown = document.querySelector("[data-evidence-viewer] [data-evidence][aria-current]");
    const own = [...card.querySelectorAll("a[data-evidence]")];
    if (!own.length || !window.matchMedia("(width >= 960px)").matches || own.some((link) => link.href === shown?.href)) return;
    own[0].click();
  }

  /** To the next criterion without an answer; with all answered, to the button that hands in. */
  nextOpen() {
    const here = this.criteria.indexOf(this.current);
    const open = this.lacking();
    const next = open.find((card) => this.criteria.indexOf(card) > here) ?? open[0];
    if (next) this.stand(next);
    else this.form.querySelector("[data-sheet-bar] button[type=submit]")?.focus();
  }

  step(by) {
    const here = this.criteria.indexOf(this.current);
    const next = here < 0 ? (by > 0 ? 0 : this.criteria.length - 1) : here + by;
    this.stand(this.criteria[next]);
  }

  key(event) {
    const typing = event.target.matches("textarea, select, input:not([type=radio])");
    if (typing && event.key === "Escape" && this.form.contains(event.target)) {
      this.stand(event.target.closest("[data-criterion]"));
      return;
    }
    if (event.key === "Enter" && event.target.closest("a, button, summary, dialog")) return;
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (this.form.querySelector("dialog[open]") && event.key !== "?") return;
    if (this.act(event.key.toLowerCase())) event.preventDefault();
  }

  /** Does what a key stands for; says whether it stood for anything. */
  act(key) {
    if (key === "j") this.step(1);
    else if (key === "k") this.step(-1);
    else if (key === "enter") this.nextOpen();
    else if (key === "?") this.keys();
    else if (key === "n") this.note();
    else if (/^[0-9]$/.test(key)) return this.choose(Number(key));
    else return false;
    return true;
  }

  note() {
    const note = this.current?.querySelector(".criterion__note");
    if (!note) return;
    note.open = true;
    note.querySelector("textarea").focus();
  }

  choose(place) {
    const radios = [...(this.current?.querySelectorAll("input[type=radio]:enabled") ?? [])];
    if (!radios.length || place > radios.length) return false;
    const none = radios.find((each) => each.value === "0"); // "no option reached" is an answer where the page offers it
    if (place === 0 && !none) {
      this.clear(radios[0].name);
      this.changed(radios[0].name, "");
      return true;
    }
    const radio = place === 0 ? none : radios[place - 1];
    radio.checked = true;
    radio.focus({ preventScroll: true });
    this.changed(radio.name, radio.value);
    return true;
  }
}

document.querySelectorAll("[data-score-sheet]").forEach((form) => new ScoreSheet(form).start());
