// Field work beyond HTML (the commune’s desk, surveys): words and photos are kept on the device at once, sent when there is a line; the
// page can be carried along; where two officers wrote differently, both versions stand side by side until one is chosen.
// Without this file the form saves and hands in as a whole. Contract: ocop/intake/README.md.

import { carriedAs, holds } from "./holder.js";
import { Outbox } from "./outbox.js";

const TYPING_PAUSE = 1200; // ms without a key before a note is put into the outbox
const LARGEST_SIDE = 2000; // px of a photo as it is sent
const PARTS = { verdict: "verdict", text: "content", asked: "asked", place: "place" };

const clock = (at) => new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** A smaller JPEG of a photo; the photo itself where the browser cannot read it. */
async function shrunk(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file;
  }
}

class Section {
  constructor(desk, root) {
    Object.assign(this, { desk, root, code: root.dataset.content });
    this.slot = `note:${this.code}`;
    this.badge = root.querySelector("[data-badge]");
    this.where = {};
    this.timer = 0;
    root.addEventListener("input", ({ target }) => this.touched(target, TYPING_PAUSE));
    root.addEventListener("change", ({ target }) => this.touched(target, 0));
    this.locating();
  }

  field(part) {
    return this.desk.form.elements.namedItem(`${PARTS[part]}-${this.code}`);
  }

  value(part) {
    const field = this.field(part);
    return field ? field.value : "";
  }

  fields() {
    const said = Object.fromEntries(Object.keys(PARTS).map((part) => [part, this.value(part)]));
    return { content: this.code, ...said, ...this.where, noted_at: new Date().toISOString() };
  }

  fill(fields) {
    for (const part of Object.keys(PARTS)) {
      const field = this.field(part);
      if (field && fields[part] !== undefined) field.value = fields[part];
    }
  }

  standOn(revision) {
    this.root.dataset.revision = revision;
    this.desk.form.elements.namedItem(`revision-${this.code}`).value = revision;
  }

  /** What this device knows goes before what an older copy of the page shows. */
  async restore(waiting) {
    const shown = { revision: Number(this.root.dataset.revision), fields: this.fields() };
    const known = await this.desk.box.known(this.slot);
    if (waiting) this.fill(waiting.fields);
    else if (known && known.revision > shown.revision) {
      this.fill(known.fields);
      this.standOn(known.revision);
    } else if (shown.revision > 0 || !known) await this.desk.box.learn(this.slot, shown);
  }

  touched(target, wait) {
    if (target.type === "file") return;
    if (!Object.values(PARTS).some((part) => target.name === `${part}-${this.code}`)) return;
    clearTimeout(this.timer);
    this.pending = true;
    this.timer = setTimeout(() => this.keep(), wait);
  }

  async keep() {
    clearTimeout(this.timer);
    this.pending = false;
    await this.desk.box.put({ slot: this.slot, url: this.desk.form.dataset.saveUrl, fields: this.fields() });
  }

  // ── place ──

  locating() {
    const button = this.root.querySelector("[data-locate]");
    if (!button || !navigator.geolocation) return;
    const words = this.root.querySelector("[data-located]");
    button.hidden = false;
    button.addEventListener("click", () => {
      words.textContent = "Đang tìm vị trí…";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          this.where = { latitude: coords.latitude.toFixed(5), longitude: coords.longitude.toFixed(5) };
          words.textContent = `${this.where.latitude}, ${this.where.longitude}`;
          this.keep();
        },
        () => {
          words.textContent = "Máy không cho biết vị trí; ghi nơi chốn bằng chữ ở ô trên.";
        },
        { enableHighAccuracy: true, timeout: 20_000 },
      );
    });
  }

  // ── photos ──

  photos() {
    this.root.querySelector("[data-photo-ways]")?.classList.add("upload--live");
    for (const way of ["camera", "photos"]) this.photosFrom(this.desk.form.elements.namedItem(`${way}-${this.code}`));
  }

  photosFrom(input) {
    input?.addEventListener("change", async () => {
      const files = [...input.files];
      input.value = "";
      for (const file of files) {
        const small = await shrunk(file);
        const fields = { content: this.code, noted_at: new Date(file.lastModified || Date.now()).toISOString(), ...this.where };
        await this.desk.box.put({ slot: `photo:${this.code}:${Date.now()}:${Math.random()}`, url: this.desk.form.dataset.saveUrl, fields, file: small });
      }
    });
  }

  showPhotos(items) {
    const list = this.root.querySelector("[data-photos]");
    if (!list) return;
    const seen = new Set();
    for (const item of items) {
      seen.add(String(item.order));
      let row = list.querySelector(`[data-order="${item.order}"]`);
      if (!row) {
        row = element("li", "photos__item");
        row.dataset.order = item.order;
        const picture = element("img");
        picture.alt = `Ảnh chụp lúc ${clock(item.fields.noted_at)}`;
        picture.src = URL.createObjectURL(item.file);
        row.append(picture, element("span", "small"));
        list.append(row);
      }
      const words = row.querySelector("span");
      words.textContent = this.desk.wordsOf(item);
      if (item.state === "refused" && !row.querySelector("button")) {
        const drop = element("button", "button button--quiet button--small", "Bỏ ảnh này");
        drop.type = "button";
        drop.addEventListener("click", () => this.desk.box.drop(item.order));
        row.append(drop);
      }
    }
    for (const row of list.querySelectorAll("[data-order]")) if (!seen.has(row.dataset.order) && !row.dataset.sent) row.remove();
  }

  photoKept(item, told) {
    const row = this.root.querySelector(`[data-photos] [data-order="${item.order}"]`);
    if (!row) return;
    row.dataset.sent = "1";
    row.querySelector("span").textContent = `đã gửi ${told.saved_at}`;
    const remove = element("button", "button button--quiet button--small", "Bỏ ảnh");
    remove.type = "submit";
    remove.formAction = told.remove_url;
    remove.formNoValidate = true;
    row.append(remove);
  }

  // ── what stands ──

  async show(item) {
    const known = await this.desk.box.known(this.slot);
    if (item) this.say(this.desk.wordsOf(item), { waiting: "wait", sending: "work", conflict: "warn", refused: "bad" }[item.state]);
    else if (known?.at) this.say(`đã gửi ${known.at}`, "good");
    this.showConflict(item?.state === "conflict" ? item : null);
  }

  say(words, tone) {
    this.badge.textContent = words;
    this.badge.className = `chip chip--${tone}`;
  }

  showConflict(item) {
    const place = this.root.querySelector("[data-conflict]");
    if (!item) {
      place.hidden = true;
      place.replaceChildren();
      return;
    }
    if (place.dataset.key === item.key && !place.hidden) return;
    place.dataset.key = item.key;
    const verdict = (code) => this.root.querySelector(`input[type=radio][value="${CSS.escape(code || "-")}"]`)?.closest("label")?.textContent.trim() ?? "";
    const version = (title, fields) => {
      const side = element("div", "panel stack stack--tight");
      side.append(element("h3", "", title), element("p", "", verdict(fields.verdict)), element("p", "prose", fields.text || "(trống)"));
      if (fields.asked) side.append(element("p", "small", `Đã hỏi: ${fields.asked}`));
      if (fields.place) side.append(element("p", "small", `Ở: ${fields.place}`));
      return side;
    };
    const choice = (words, className, act) => {
      const button = element("button", className, words);
      button.type = "button";
      button.addEventListener("click", act);
      return button;
    };
    const { theirs } = item;
    const mine = version("Bản trên máy này", item.fields);
    mine.append(choice("Dùng bản này", "button button--small", async () => {
      await this.desk.box.learn(this.slot, { revision: theirs.revision, fields: theirs });
      this.standOn(theirs.revision);
      await this.desk.box.again({ ...item, fields: this.fields() });
    }));
    const other = version(`Bản của ${theirs.by}, ${theirs.at}`, theirs);
    other.append(choice("Lấy bản kia", "button button--secondary button--small", async () => {
      this.fill(theirs);
      await this.desk.box.learn(this.slot, { revision: theirs.revision, fields: theirs, at: theirs.at });
      this.standOn(theirs.revision);
      await this.desk.box.drop(item.order);
    }));
    const pair = element("div", "grid");
    pair.append(mine, other);
    place.replaceChildren(element("p", "lead", "Hai bản khác nhau. Chọn một bản; bản kia vẫn giữ trong lịch sử."), pair);
    place.hidden = false;
  }
}

class Desk {
  constructor(form) {
    this.form = form;
    this.panel = document.querySelector("[data-carried]");
    this.line = this.panel.querySelector("[data-line]");
    this.finishState = form.querySelector("[data-finish-state]");
    const { channel, user, sessionUrl } = form.dataset;
    this.cacheName = carriedAs(user, channel);
    this.box = new Outbox({ channel, user, sessionUrl, changed: () => this.show(), kept: (item, told) => this.kept(item, told) });
    this.sections = [...form.querySelectorAll("[data-content]")].map((root) => new Section(this, root));
  }

  async start() {
    await this.box.open();
    const items = await this.box.items();
    for (const section of this.sections) {
      await section.restore(items.find((item) => item.slot === section.slot));
      section.photos();
    }
    this.form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) for (const section of this.sections) if (section.pending) section.keep();
    });
    this.panel.hidden = false;
    this.panel.querySelector("[data-send]").addEventListener("click", () => this.box.flush());
    this.carrying();
    window.addEventListener("online", () => this.show());
    this.form.dataset.ready = "1";
    await this.show();
    this.box.later(0);
  }

  wordsOf(item) {
    if (item.state === "refused") return `lỗi: ${item.message || "máy chủ không nhận"}`;
    if (item.state === "conflict") return "có hai bản, hãy chọn";
    if (item.state === "sending") return "đang gửi…";
    return `chờ gửi, ghi lúc ${clock(item.at)}`;
  }

  async show() {
    const items = await this.box.items();
    for (const section of this.sections) {
      await section.show(items.find((item) => item.slot === section.slot));
      section.showPhotos(items.filter((item) => item.slot.startsWith(`photo:${section.code}:`)));
    }
    const lines = {
      offline: "Không có mạng.",
      "sign-in": "Phiên đăng nhập đã hết: đăng nhập lại để gửi, không mất gì trên máy.",
      "other-user": "Máy đang đăng nhập tên người khác: đăng nhập lại đúng tên để gửi.",
      sending: "Đang gửi…",
    };
    const off = !navigator.onLine;
    this.line.textContent = off ? lines.offline : (lines[this.box.state] ?? "Có mạng.");
    this.panel.querySelector("[data-waiting]").textContent = items.length ? `${items.length} mục chưa gửi, đang giữ trên máy này.` : "Mọi thứ đã gửi.";
    this.panel.querySelector("[data-sign-in]").hidden = !["sign-in", "other-user"].includes(this.box.state);
    this.panel.querySelector("[data-send]").hidden = !items.length;
    this.showFinish(items.find((item) => item.last));
  }

  kept(item, told) {
    if (item.last) {
      window.location.assign(told.url);
      return;
    }
    const section = this.sections.find((each) => item.slot === each.slot || item.slot.startsWith(`photo:${each.code}:`));
    if (item.file) section.photoKept(item, told);
    else section.standOn(told.revision);
    clearTimeout(this.refresh);
    this.refresh = setTimeout(() => this.refreshCarried(), 3000);
  }

  // ── handing in ──

  async submit(event) {
    const button = event.submitter;
    if (this.handing || button?.hasAttribute("formaction")) return;
    event.preventDefault();
    for (const section of this.sections) if (section.pending) await section.keep();
    if (await this.box.flush()) {
      this.handing = true;
      this.form.requestSubmit(button);
      return;
    }
    const stuck = (await this.box.items()).filter((item) => item.state === "conflict" || item.state === "refused");
    if (stuck.length) {
      this.tell("Còn mục chưa ghi được: xem chỗ có chữ “lỗi” hoặc “có hai bản” ở trên, xử lý rồi bấm lại.");
      return;
    }
    if (button?.value !== "pass") {
      this.tell("Chưa gửi được: đang không có mạng hoặc phiên đăng nhập đã hết. Chữ và ảnh đã giữ trên máy này.");
      return;
    }
    await this.finishLater();
  }

  /** Finished in the village: it goes out after everything else has arrived. */
  async finishLater() {
    const fields = { act: "pass" };
    for (const name of ["report_number", "letter_number", "signed_on", "signer", "note"]) fields[name] = this.form.elements.namedItem(name)?.value ?? "";
    await this.box.put({ slot: "finish", url: window.location.pathname, fields, last: true });
  }

  tell(words) {
    this.finishState.hidden = false;
    this.finishState.textContent = words;
  }

  showFinish(item) {
    if (!item) {
      if (this.finishState.dataset.item) this.finishState.hidden = true;
      delete this.finishState.dataset.item;
      return;
    }
    this.finishState.dataset.item = item.order;
    this.finishState.hidden = false;
    const words = item.state === "refused" ? `Chưa chuyển được: ${item.message}` : `Đã hoàn tất lúc ${clock(item.at)}: sẽ tự chuyển khi có mạng.`;
    const undo = element("button", "button button--quiet button--small", "Thôi, chưa chuyển");
    undo.type = "button";
    undo.addEventListener("click", () => this.box.drop(item.order));
    this.finishState.replaceChildren(element("b", "", words), " ", undo);
  }

  // ── carrying the page along ──

  async carrying() {
    const carry = document.querySelector("[data-carry]");
    if (!("serviceWorker" in navigator) || !window.isSecureContext || !carry) return;
    this.forgetButton = this.panel.querySelector("[data-forget]");
    carry.hidden = false;
    carry.addEventListener("click", () => this.carry(carry));
    this.forgetButton.addEventListener("click", () => this.forget());
    if (await caches.has(this.cacheName)) this.isCarried(carry);
  }

  async carry(button) {
    button.disabled = true;
    try {
      await navigator.serviceWorker.register(this.form.dataset.workerUrl, { scope: window.location.pathname });
      await this.fillCache();
      await holds(this.form.dataset.user, Number(document.documentElement.dataset.holderUntil));
      this.isCarried(button);
    } catch {
      this.panel.querySelector("[data-carry-words]").textContent = "Chưa mang theo được: kiểm tra mạng và chỗ trống của máy rồi bấm lại.";
    }
    button.disabled = false;
  }

  isCarried(button) {
    button.lastChild.textContent = "Đã mang theo";
    this.forgetButton.hidden = false;
    this.panel.querySelector("[data-carry-words]").textContent = "Đã mang theo: mở lại đúng trang này khi không có mạng cũng được. Tệp minh chứng thì cần mạng.";
  }

  async fillCache() {
    const cache = await caches.open(this.cacheName);
    const used = performance.getEntriesByType("resource").map((entry) => entry.name);
    const linked = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((each) => each.href || each.src);
    const own = [...new Set([...used, ...linked])].filter((url) => url.startsWith(`${window.location.origin}/static/`));
    await Promise.all(own.map(async (url) => {
      const answer = await fetch(url);
      if (answer.ok) await cache.put(url, answer);
    }));
    await this.cachePage(cache);
  }

  async cachePage(cache) {
    const page = await fetch(window.location.pathname, { credentials: "same-origin", cache: "no-store" });
    if (!page.ok || page.redirected) throw new Error("page not carried");
    const words = await page.clone().text(); // somebody else may have signed in in another tab meanwhile
    if (!words.includes(`data-holder="${this.form.dataset.user}"`)) throw new Error("another person's page");
    await cache.put(window.location.pathname, page);
  }

  async refreshCarried() {
    if (!("caches" in window) || !(await caches.has(this.cacheName))) return;
    await this.cachePage(await caches.open(this.cacheName)).catch(() => {});
  }

  async forget() {
    const left = (await this.box.items()).length;
    if (left && !window.confirm(`Còn ${left} mục chưa gửi. Xóa khỏi máy này là mất những mục ấy. Vẫn xóa?`)) return;
    await caches.delete(this.cacheName);
    await this.box.forget();
    const worker = await navigator.serviceWorker.getRegistration(window.location.pathname);
    await worker?.unregister();
    window.location.reload();
  }
}

const form = document.querySelector("[data-field-notes]");
if (form && window.indexedDB) new Desk(form).start();
