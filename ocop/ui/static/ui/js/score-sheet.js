// The score sheet: saves itself, keeps what could not be sent, answers to the keyboard. HTML contract: ocop/ui/README.md.
// Without this file the form still posts every choice and note.

const RETRY_AFTER = [2, 5, 15, 30, 60]; // seconds between attempts while the line is down
const TYPING_PAUSE = 900; // ms without a key before a note is sent
const NO_LINE = "Chưa gửi: mất kết nối. Lựa chọn được giữ trên máy này và sẽ tự gửi lại.";
const LONGEST_WAIT = 20; // seconds for an answer before a saving counts as not sent
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

  /** Forgets what the server has kept, unless it was typed over meanwhile. */
  confirm(sent) {
    for (const [name, value] of sent) if (this.fields.get(name) === value) this.fields.delete(name);
    this.#write();
  }
}

class ScoreSheet {
  constructor(form) {
    this.form = form;
    this.unsent = new Unsent(form);
    this.criteria = [...form.querySelectorAll("[data-criterion]")];
    this.current = null;
    this.sending = false;
    this.unanswered = null; // what was sent and never answered: it may have been kept
    this.handingIn = null;
    this.failures = 0;
    this.refused = "";
    this.timer = 0;
    if (!form.querySelector("input[type=radio]:enabled")) return; // a closed sheet is only read
    this.listen();
    this.takeEarly();
    this.restore();
    this.offerBack();
    this.count();
  }

  part(name) {
    return this.form.querySelector(`[data-sheet-${name}]`);
  }

  // ── state of the page ──

  /** What was ticked or typed while this script was still on its way. A page that a browser filled in again is not. */
  takeEarly() {
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
    for (const field of this.form.querySelectorAll("input[type=radio]:checked, textarea[name]")) {
      const early = field.type === "radio" ? !field.defaultChecked : field.value !== field.defaultValue;
      if (early) this.changed(field.name, field.value);
    }
  }

  /** Puts back what an earlier visit typed and could not send. */
  restore() {
    for (const [name, value] of this.unsent.fields) {
      const field = this.form.elements.namedItem(name);
      if (!field) continue;
      if (field instanceof RadioNodeList) field.value = value;
      else if (field.type === "radio") field.checked = field.value === value;
      else {
        field.value = value;
        if (value) field.closest("details")?.setAttribute("open", "");
      }
      if (value === "" && name.startsWith("choice-")) this.clear(name);
      this.mark([name], "waiting");
    }
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
    this.part("total").textContent = inWords(chosen.reduce((sum, radio) => sum + hundredths(radio.dataset.points), 0));
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
    if (this.sending || this.refused || !sent.length) return;
    this.sending = true;
    this.unanswered = sent;
    this.say("Đang lưu…");
    const token = this.form.elements.csrfmiddlewaretoken?.value ?? "";
    const body = new URLSearchParams(sent);
    if (this.form.dataset.revision) body.set("revision", this.form.dataset.revision);
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
      this.form.requestSubmit(this.handingIn.button);
      return;
    }
    if (!this.failures && this.unsent.fields.size) this.later(0);
  }

  kept(sent, told) {
    this.failures = 0;
    this.unanswered = null;
    this.goOn(told.revision);
    this.unsent.confirm(sent);
    this.mark(sent.filter(([name]) => !this.unsent.fields.has(name)).map(([name]) => name), "saved");
    if (told.message !== undefined) this.part("message").textContent = told.message;
    this.form.dispatchEvent(new CustomEvent("sheet:kept", { bubbles: true }));
    if (!this.unsent.fields.size) {
      if (told.total !== undefined) this.part("total").textContent = told.total;
      if (told.answered !== undefined) this.part("answered").textContent = told.answered;
      this.say(told.saved_at ? `Đã lưu lúc ${told.saved_at}` : "Đã lưu");
    }
  }

  /** To the revision that holds this page's saving; one further on holds what this page does not show. */
  goOn(revision) {
    if (revision === undefined || revision > Number(this.form.dataset.revision) + 1) return;
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
      this.submitting = true;
      if (!this.sending) return;
      event.preventDefault();
      this.handingIn = { button: event.submitter };
    });
    window.addEventListener("online", () => this.later(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.unsent.fields.size && !this.submitting && !this.refused) event.preventDefault();
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
    if (!go) return;
    const target = card.querySelector("input[type=radio]:checked") ?? card.querySelector("input[type=radio]") ?? card;
    target.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start", behavior: "smooth" });
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
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (this.form.querySelector("dialog[open]") && event.key !== "?") return;
    if (this.act(event.key.toLowerCase())) event.preventDefault();
  }

  /** Does what a key stands for; says whether it stood for anything. */
  act(key) {
    if (key === "j") this.step(1);
    else if (key === "k") this.step(-1);
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

document.querySelectorAll("[data-score-sheet]").forEach((form) => new ScoreSheet(form));
