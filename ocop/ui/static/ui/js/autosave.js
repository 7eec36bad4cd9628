// A form of questions that saves itself, keeps what could not be sent, and shows each refusal at its question.
// HTML contract: ocop/ui/README.md. Without this file the form posts as a whole.

const RETRY_AFTER = [2, 5, 15, 30, 60]; // seconds between attempts while the line is down
const TYPING_PAUSE = 3000; // ms without a key before a text is sent; leaving the field sends it at once
const LONGEST_WAIT = 20; // seconds for an answer before a saving counts as not sent
const NO_LINE = "Chưa gửi: mất kết nối. Câu trả lời được giữ trên máy này và sẽ tự gửi lại.";
const SIGNED_OUT = "Chưa gửi: phiên đăng nhập đã hết. Hãy đăng nhập lại ở một trang khác; câu trả lời được giữ trên máy này.";

/** What was typed and not yet kept by the server, question by question: pairs of field and value; survives a closed tab. */
class Unsent {
  constructor(key) {
    this.key = `tu-luu:${key}`;
    try {
      this.answers = new Map(Object.entries(JSON.parse(localStorage.getItem(this.key) ?? "{}")));
    } catch {
      this.answers = new Map();
    }
  }

  #write() {
    try {
      if (this.answers.size) localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.answers)));
      else localStorage.removeItem(this.key);
    } catch {
      // A full or forbidden store: the answers are still in the page and are still sent.
    }
  }

  put(code, pairs) {
    this.answers.set(code, pairs);
    this.#write();
  }

  /** Forgets what the server has kept, unless it was typed over meanwhile. */
  confirm(sent) {
    for (const [code, pairs] of sent) if (JSON.stringify(this.answers.get(code)) === JSON.stringify(pairs)) this.answers.delete(code);
    this.#write();
  }
}

class AutosavedForm {
  constructor(form) {
    this.form = form;
    this.unsent = new Unsent(form.dataset.autosaveKey);
    this.refused = new Set(); // questions the server did not take: sent again after the next change
    this.sending = null;
    this.failures = 0;
    this.timer = 0;
    this.restore();
    this.listen();
  }

  answer(code) {
    return this.form.querySelector(`[data-answer="${CSS.escape(code)}"]`);
  }

  controls(answer) {
    return [...answer.querySelectorAll("input[name], textarea[name], select[name]")];
  }

  /** Everything a question would post, with the row that it was shown with. */
  pairs(answer) {
    return this.controls(answer)
      .filter((each) => !["checkbox", "radio"].includes(each.type) || each.checked)
      .map((each) => [each.name, each.value]);
  }

  say(text, tone = "") {
    const state = this.form.querySelector("[data-autosave-state]");
    state.textContent = text;
    state.className = tone ? `autosave autosave--${tone}` : "autosave";
  }

  mark(code, words, tone) {
    const state = this.answer(code)?.querySelector("[data-answer-state]");
    if (!state) return;
    state.textContent = words;
    state.className = `answer__said answer__said--${tone}`;
  }

  /** Puts back what an earlier visit typed and could not send; the row it was typed over goes with it. */
  restore() {
    for (const [code, pairs] of this.unsent.answers) {
      const answer = this.answer(code);
      if (!answer) continue;
      this.makeRows(answer, pairs);
      for (const control of this.controls(answer)) {
        const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
        if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
        else if (values.length) control.value = values[0];
      }
      this.mark(code, "Chưa gửi: lấy lại từ máy này.", "waiting");
    }
    if (this.unsent.answers.size) this.later(0);
  }

  makeRows(answer, pairs) {
    const table = answer.querySelector("[data-small-table]");
    while (table && pairs.some(([name]) => !this.form.elements.namedItem(name))) {
      if (table.children.length > 40) return;
      addRow(table);
    }
  }

  // ── saving ──

  changed(answer, wait = 0) {
    const code = answer.dataset.answer;
    this.unsent.put(code, this.pairs(answer));
    this.refused.clear();
    this.mark(code, "Chưa lưu", "waiting");
    this.later(wait);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  /** Sends what waits; true when nothing waits any more. */
  async send() {
    if (this.sending) await this.sending;
    const sent = [...this.unsent.answers].filter(([code]) => !this.refused.has(code) && this.answer(code));
    if (!sent.length) return !this.refused.size;
    this.sending = this.post(sent);
    const again = await this.sending;
    this.sending = null;
    if (again) return this.send();
    return !this.unsent.answers.size;
  }

  /** One attempt; true when there is more to send at once. */
  async post(sent) {
    clearTimeout(this.timer);
    this.say("Đang lưu…");
    const body = new URLSearchParams(sent.flatMap(([, pairs]) => pairs));
    let answer, told;
    try {
      answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        credentials: "same-origin",
        signal: AbortSignal.timeout(LONGEST_WAIT * 1000),
        redirect: "manual", // a redirect is the sign-in page: nothing was kept
        headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "", Accept: "application/json" },
      });
      told = await answer.json().catch(() => ({}));
    } catch {
      return this.waiting(sent, NO_LINE);
    }
    if (answer.type === "opaqueredirect") return this.waiting(sent, SIGNED_OUT);
    if (answer.ok) return this.kept(sent, told);
    if (answer.status >= 500 || answer.status === 429) return this.waiting(sent, NO_LINE);
    return this.notKept(sent, told);
  }

  kept(sent, told) {
    this.failures = 0;
    this.show(told.seen);
    this.unsent.confirm(sent);
    // What was typed over meanwhile goes on from the row just kept.
    for (const code of this.unsent.answers.keys()) if (this.answer(code)) this.unsent.put(code, this.pairs(this.answer(code)));
    for (const [code] of sent) {
      this.clearError(code);
      if (!this.unsent.answers.has(code)) this.mark(code, `Đã lưu lúc ${told.saved_at}`, "saved");
    }
    if (this.refused.size) this.say(`${this.notSaved()} Câu khác đã lưu lúc ${told.saved_at}.`, "refused");
    else this.say(`Đã lưu lúc ${told.saved_at}${told.message ? `, ${told.message}` : ""}.`, "saved");
    return false; // what was typed meanwhile has its own timer
  }

  notKept(sent, told) {
    const wrong = told.wrong ?? {};
    this.show(told.seen); // sending again means: over the newer answer, knowingly
    const codes = new Set();
    for (const [name, message] of Object.entries(wrong)) {
      const code = sent.find(([, pairs]) => pairs.some(([each]) => each === name || each === `seen-${name}` || each.startsWith(`${name}-`)))?.[0];
      if (!code) continue;
      codes.add(code);
      this.mark(code, "Chưa lưu", "refused");
      this.showError(code, message, Boolean(told.seen));
    }
    for (const [code] of sent) if (!codes.size || codes.has(code)) this.refused.add(code);
    for (const code of this.refused) if (this.answer(code)) this.unsent.put(code, this.pairs(this.answer(code)));
    this.say(codes.size ? this.notSaved() : told.message ?? "Máy chủ không nhận. Câu trả lời vẫn được giữ trên máy này.", "refused");
    return codes.size > 0 && sent.some(([code]) => !codes.has(code));
  }

  /** Which questions the server did not take. */
  notSaved() {
    const names = [...this.refused].map((code) => this.answer(code)?.querySelector(".field__label")?.textContent.trim() ?? code);
    return `Chưa lưu: ${names.map((name) => `“${name}”`).join(", ")} (xem chỗ tô đỏ).`;
  }

  waiting(sent, why) {
    const wait = RETRY_AFTER[Math.min(this.failures, RETRY_AFTER.length - 1)];
    this.failures += 1;
    for (const [code] of sent) this.mark(code, "Chưa gửi", "waiting");
    this.say(why, "waiting");
    this.later(wait * 1000);
    return false;
  }

  /** The rows that the fields now stand on. */
  show(seen = {}) {
    for (const [key, row] of Object.entries(seen)) {
      const field = this.form.elements.namedItem(`seen-${key}`);
      if (field) field.value = row;
    }
  }

  showError(code, message, crossed) {
    const answer = this.answer(code);
    this.clearError(code);
    const error = document.createElement("p");
    error.className = "field__error";
    error.dataset.autosaveError = "";
    error.setAttribute("role", "alert");
    error.textContent = message;
    if (crossed) {
      const keep = document.createElement("button");
      keep.type = "button";
      keep.className = "button button--secondary button--small";
      keep.textContent = "Giữ câu của tôi";
      keep.addEventListener("click", () => this.changed(answer));
      error.append(" ", keep);
    }
    answer.classList.add("field--wrong");
    answer.prepend(error);
  }

  clearError(code) {
    const answer = this.answer(code);
    for (const error of answer?.querySelectorAll("[data-autosave-error], .field__error") ?? []) error.remove();
    answer?.classList.remove("field--wrong");
    for (const field of answer?.querySelectorAll(".field--wrong") ?? []) field.classList.remove("field--wrong");
  }

  // ── listening ──

  listen() {
    const touched = ({ target }, wait) => {
      const answer = target.closest("[data-answer]");
      if (answer && target.name) this.changed(answer, wait);
    };
    this.form.addEventListener("change", (event) => touched(event, 0));
    this.form.addEventListener("input", (event) => {
      if (event.target.matches("textarea, input[type=text]")) touched(event, TYPING_PAUSE);
    });
    this.form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("online", () => this.later(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.unsent.answers.size && !this.leaving) event.preventDefault();
    });
  }

  /** Leaves by the form only when everything is kept: else the page, what is typed and what is wrong stay in view. */
  async leave(event) {
    if (this.leaving) return;
    event.preventDefault();
    this.refused.clear();
    let done = await this.send();
    while (!done && !this.failures && !this.refused.size) done = await this.send();
    if (!done) {
      this.form.querySelector(".field--wrong :is(input, textarea)")?.focus();
      return;
    }
    this.leaving = true;
    // Only after this submit event is over: a form that is being sent ignores a second request.
    setTimeout(() => this.form.requestSubmit(event.submitter));
  }
}

/** One more row of a small table, numbered on. */
function addRow(table) {
  const last = table.querySelector("[data-small-row]:last-child");
  const row = last.cloneNode(true);
  const number = table.children.length;
  row.setAttribute("aria-label", `Dòng ${number + 1}`);
  for (const field of row.querySelectorAll("input")) {
    field.value = "";
    field.name = field.name.replace(/-\d+-([^-]+)$/, `-${number}-$1`);
  }
  table.append(row);
  return row;
}

for (const table of document.querySelectorAll("[data-small-table]")) {
  const add = table.parentElement.querySelector("[data-small-add]");
  if (!add) continue;
  add.hidden = false;
  add.addEventListener("click", () => addRow(table).querySelector("input").focus());
}
document.querySelectorAll("form[data-autosave]").forEach((form) => new AutosavedForm(form));
