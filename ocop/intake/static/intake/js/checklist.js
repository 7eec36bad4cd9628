// The completeness check by keyboard: D, T, S mark a row, J and K go on and back, N opens its note. Every mark is kept at
// once (through the outbox, so that a lost line loses nothing) and drafts its row of the request. Without this file the
// form posts everything.

import { Outbox } from "../../ui/js/outbox.js";

const KEYS = { d: "ok", t: "missing", s: "wrong" };
const FAULTS = new Set(["missing", "wrong"]);
const TYPING_PAUSE = 900;

class Checklist {
  constructor(form) {
    this.form = form;
    this.rows = [...form.querySelectorAll("[data-check]")];
    this.line = form.querySelector("[data-line]");
    this.current = null;
    this.timers = new Map();
    const { channel, user, sessionUrl } = form.dataset;
    this.box = new Outbox({ channel, user, sessionUrl, changed: () => this.show(), kept: (item, told) => this.kept(item, told) });
  }

  async start() {
    await this.box.open();
    for (const item of await this.box.items()) this.restore(item);
    for (const row of this.rows) await this.learn(row);
    this.form.querySelector("[data-keys]").hidden = false;
    this.form.addEventListener("input", ({ target }) => this.touched(target, target.type === "radio" ? 0 : TYPING_PAUSE));
    this.form.addEventListener("focusin", ({ target }) => this.stand(target.closest("[data-check]"), false));
    this.form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) for (const row of [...this.timers.keys()]) this.keep(row);
    });
    this.form.dataset.ready = "1";
    this.count();
    this.box.later(0);
  }

  field(row, name) {
    return this.form.elements.namedItem(`${name}-${row.dataset.check}`);
  }

  async learn(row) {
    const shown = Number(this.field(row, "revision").value);
    const known = await this.box.known(row.dataset.check);
    if (!known || known.revision < shown) await this.box.learn(row.dataset.check, { revision: shown });
  }

  restore(item) {
    const row = this.rows.find((each) => each.dataset.check === item.slot);
    if (!row) return;
    this.field(row, "mark").value = item.fields.mark;
    this.field(row, "note").value = item.fields.note;
    this.field(row, "example").value = item.fields.example;
  }

  touched(target, wait) {
    const row = target.closest("[data-check]");
    if (!row) return;
    if (target.type === "radio") this.draft(row);
    this.count();
    clearTimeout(this.timers.get(row));
    this.timers.set(row, setTimeout(() => this.keep(row), wait));
    this.show();
  }

  async keep(row) {
    clearTimeout(this.timers.get(row));
    this.timers.delete(row);
    const [mark, note, example] = ["mark", "note", "example"].map((name) => this.field(row, name).value);
    if (FAULTS.has(mark)) this.draft(row);
    await this.box.put({ slot: row.dataset.check, url: this.form.dataset.saveUrl, fields: { item: row.dataset.check, mark, note, example } });
  }

  kept(item, told) {
    const row = this.rows.find((each) => each.dataset.check === item.slot);
    if (row) this.field(row, "revision").value = told.revision;
    this.saved = told.saved_at;
  }

  async show() {
    const items = await this.box.items();
    for (const row of this.rows) {
      const item = items.find((each) => each.slot === row.dataset.check);
      row.querySelector("[data-badge]").textContent = !item ? "" : item.state === "refused" ? `lỗi: ${item.message}` : item.state === "sending" ? "đang gửi…" : "chờ gửi";
    }
    const signIn = ["sign-in", "other-user"].includes(this.box.state) ? " Hãy đăng nhập lại ở thẻ khác để gửi." : "";
    if (!items.length && this.timers.size) this.line.textContent = "Đang chờ gửi…";
    else this.line.textContent = items.length ? `${items.length} mục chưa gửi, đang giữ trên máy này.${signIn}` : this.saved ? `Đã lưu lúc ${this.saved}` : "";
  }

  count() {
    const marks = this.rows.map((row) => this.field(row, "mark").value);
    const words = [`${marks.filter(Boolean).length}/${marks.length} đã xem`];
    for (const [mark, label] of [["missing", "thiếu"], ["wrong", "sai"]]) {
      const count = marks.filter((each) => each === mark).length;
      if (count) words.push(`${count} ${label}`);
    }
    this.form.querySelector("[data-standing]").textContent = words.join(" · ");
  }

  // ── the request ──

  /** A row found missing or wrong stands in the request; typed over there, it is left as typed. */
  draft(row) {
    if ("owner" in row.dataset) return; // an office's to bring: said to that office, never to the subject
    const body = this.form.querySelector("[data-rows]");
    const key = row.dataset.check;
    let line = [...body.querySelectorAll("[data-row]")].find((each) => each.dataset.rowOf === key);
    const fault = FAULTS.has(this.field(row, "mark").value);
    if (!fault) {
      if (line && !line.dataset.typed) this.clear(line);
      return;
    }
    if (line?.dataset.typed) return;
    if (!line) {
      const lines = [...body.querySelectorAll("[data-row]")];
      line = lines.find((each) => [...each.querySelectorAll("input, textarea")].every((field) => !field.value.trim()));
      if (!line) {
        line = lines.at(-1).cloneNode(true);
        this.clear(line);
        body.append(line);
      }
      line.dataset.rowOf = key;
      line.addEventListener("input", () => {
        line.dataset.typed = "1";
      });
    }
    const [what, reason, example] = line.querySelectorAll("input, textarea");
    const note = this.field(row, "note").value.trim();
    const start = this.field(row, "mark").value === "wrong" ? row.dataset.reason.replace("Còn thiếu", "Chưa đúng") : row.dataset.reason;
    what.value = row.dataset.what.slice(0, 300);
    reason.value = note || start;
    example.value = this.field(row, "example").value.trim() || row.dataset.wanted;
  }

  clear(line) {
    delete line.dataset.rowOf;
    delete line.dataset.typed;
    for (const field of line.querySelectorAll("input, textarea")) field.value = "";
  }

  async submit(event) {
    if (this.handing) return;
    event.preventDefault();
    const button = event.submitter;
    for (const row of [...this.timers.keys()]) await this.keep(row);
    await this.box.flush();
    const left = await this.box.items();
    if (left.some((item) => item.state === "waiting")) {
      this.form.querySelector("[data-handing]").textContent = "Chưa gửi được: đang không có mạng hoặc phiên đăng nhập đã hết. Mọi đánh dấu giữ trên máy này.";
      return;
    }
    for (const item of left) await this.box.drop(item.order); // refused one by one: the form carries it and is told why
    this.handing = true;
    this.form.requestSubmit(button);
  }

  // ── keys ──

  stand(row, go = true) {
    if (!row) return;
    this.current?.classList.remove("check--current");
    this.current = row;
    row.classList.add("check--current");
    if (go) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "center" });
    }
    const file = row.querySelector("[data-evidence]");
    if (go && file) file.click();
    if (go && file) row.focus({ preventScroll: true });
  }

  key(event) {
    if (event.target.matches("textarea, select, input:not([type=radio])")) {
      if (event.key === "Escape") this.stand(event.target.closest("[data-check]"));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const here = this.rows.indexOf(this.current);
    if (key === "j") this.stand(this.rows[Math.min(here + 1, this.rows.length - 1)]);
    else if (key === "k") this.stand(this.rows[Math.max(here - 1, 0)]);
    else if (key === "n" && this.current) {
      const note = this.current.querySelector("details");
      note.open = true;
      note.querySelector("textarea").focus();
    } else if (key in KEYS && this.current) {
      this.field(this.current, "mark").value = KEYS[key];
      this.touched(this.current.querySelector("input[type=radio]"), 0);
    } else return;
    event.preventDefault();
  }
}

const form = document.querySelector("[data-checklist]");
if (form && window.indexedDB) new Checklist(form).start();
