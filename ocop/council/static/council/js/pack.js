// A night's reading carried along: the session's page, the pack and every sheet of one's queue with its evidence, for whoever
// carried it and nobody else. How much it is, is said before; what could not be carried, is said after.

import { FILES, putAssets, putPage } from "../../ui/js/carry.js";
import { carriedAs, holds } from "../../ui/js/holder.js";

const MOST_PAGES = 60; // of one PDF, as pictures
const AT_ONCE = 3;
const LONGEST_PRINT_WAIT = 15_000; // ms for the small pictures before it prints without them

const megabytes = (bytes) => `${(bytes / 1024 ** 2).toFixed(1).replace(".", ",")} MB`;

class Pack {
  constructor(root) {
    this.root = root;
    const { user, name } = root.dataset;
    this.user = user;
    this.pagesName = carriedAs(user, name);
    this.filesName = `${this.pagesName}${FILES}`;
  }

  part(name) {
    return this.root.querySelector(`[data-pack-${name}]`);
  }

  say(words) {
    this.part("words").textContent = words;
  }

  async start() {
    if (!("serviceWorker" in navigator) || !("caches" in window) || !window.isSecureContext) return;
    this.root.hidden = false;
    this.part("carry").addEventListener("click", () => this.carry());
    this.part("forget").addEventListener("click", () => this.forget());
    const carried = await caches.has(this.pagesName);
    this.part("forget").hidden = !carried;
    try {
      this.list = await this.fetchList();
    } catch {
      this.say(carried ? "Đã mang theo: không có mạng vẫn đọc và chấm được các sản phẩm dưới đây." : "Không có mạng: chưa tính được dung lượng.");
      return;
    }
    if (carried) await this.prune();
    const size = megabytes(this.list.weight + 1024 ** 2);
    const stays = this.list.files.filter((file) => !file.weight).length;
    const rest = stays ? ` ${stays} tệp âm thanh, phim hoặc tệp lớn chỉ xem khi có mạng.` : "";
    this.say(carried ? `Đã mang theo ${this.list.products} sản phẩm. Bấm lại để lấy thêm những gì mới.` : `${this.list.products} sản phẩm, ${this.list.files.length} tệp minh chứng: khoảng ${size} trên máy này.${rest}`);
    this.part("carry").disabled = false;
  }

  async fetchList() {
    const answer = await fetch(this.root.dataset.listUrl, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error("no list");
    return answer.json();
  }

  /** What is no longer to be read, because a door has shut or a product is closed, does not stay on the device. */
  async prune() {
    const pages = new Set(this.list.pages);
    const files = new Set(this.list.files.map((file) => new URL(file.url, window.location.href).pathname));
    const sift = async (name, wanted) => {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname } = new URL(request.url);
        if (!pathname.startsWith("/static/") && !wanted.has(pathname)) await cache.delete(request, { ignoreVary: true });
      }
    };
    await sift(this.pagesName, pages);
    await sift(this.filesName, files);
  }

  async carry() {
    const button = this.part("carry");
    button.disabled = true;
    this.failed = [];
    this.bytes = 0;
    try {
      this.list = await this.fetchList();
      await navigator.serviceWorker.register(this.root.dataset.workerUrl, { scope: this.root.dataset.scope });
      await navigator.storage?.persist?.().catch(() => false);
      await this.fillCaches();
      await holds(this.user, Number(document.documentElement.dataset.holderUntil));
      this.done();
    } catch {
      this.say("Chưa mang theo được: kiểm tra mạng và chỗ trống của máy rồi bấm lại. Phần đã lấy vẫn giữ.");
    }
    this.part("progress").hidden = true;
    button.disabled = false;
  }

  async fillCaches() {
    const [pages, files] = [await caches.open(this.pagesName), await caches.open(this.filesName)];
    const wanted = this.list.files.filter((file) => file.weight);
    const bar = this.part("progress");
    Object.assign(bar, { hidden: false, max: this.list.pages.length + wanted.length, value: 0 });
    const step = () => {
      bar.value += 1;
      this.say(`Đang lấy ${bar.value}/${bar.max}, đã được ${megabytes(this.bytes)}…`);
    };
    await putAssets(pages);
    for (const path of this.list.pages) {
      const page = await putPage(pages, this.user, path);
      if (page) await putAssets(pages, [page]);
      step();
    }
    const queue = [...wanted];
    const work = async () => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        await this.putFile(pages, files, file).catch(() => this.failed.push(file));
        step();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async put(cache, url) {
    const kept = await cache.match(url, { ignoreVary: true });
    if (kept) return kept;
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(url);
    this.bytes += Number(answer.headers.get("Content-Length") ?? 0);
    await cache.put(url, answer.clone());
    return answer;
  }

  /** A picture is one file; a PDF is its small page, its pages as pictures and, when it is not large, itself. */
  async putFile(pages, files, file) {
    if (file.thumb) await this.put(files, file.thumb);
    if (file.shape !== "pdf") {
      await this.put(files, file.url);
      return;
    }
    if (file.original) await this.put(files, `${file.url}&goc`);
    let url = file.url;
    for (let number = 1; url && number <= MOST_PAGES; number += 1) {
      const shown = new DOMParser().parseFromString(await (await this.put(files, url)).clone().text(), "text/html");
      if (number === 1) await putAssets(pages, [shown]);
      const picture = shown.querySelector(".shown__picture")?.getAttribute("href");
      if (picture) await this.put(files, new URL(picture, new URL(url, window.location.href)).href);
      const next = shown.querySelector("a[rel=next]")?.getAttribute("href");
      url = next ? new URL(next, new URL(url, window.location.href)).href : "";
    }
  }

  done() {
    const left = [...this.failed, ...this.list.files.filter((file) => !file.weight)];
    const list = this.part("left");
    list.hidden = !left.length;
    list.replaceChildren(...left.map((file) => Object.assign(document.createElement("li"), { textContent: `Chưa mang theo: ${file.name} (${file.product})` })));
    this.say(`Đã mang theo ${this.list.products} sản phẩm, ${megabytes(this.bytes)} mới. Không có mạng, hãy mở lại trang này hoặc trang phiên họp: vẫn đọc, chấm và bấm nộp được; phiếu tự gửi khi có mạng.`);
    this.part("forget").hidden = false;
    this.root.dataset.carried = "1";
  }

  async forget() {
    await caches.delete(this.pagesName);
    await caches.delete(this.filesName);
    window.location.reload();
  }
}

/** Prints once every small picture has come: what lies far below has not been asked for yet. */
async function print() {
  const pictures = [...document.querySelectorAll(".pack img")];
  for (const picture of pictures) picture.loading = "eager";
  const late = new Promise((done) => setTimeout(done, LONGEST_PRINT_WAIT));
  await Promise.race([late, Promise.allSettled(pictures.map((picture) => picture.decode()))]);
  window.print();
}

const button = document.querySelector("[data-pack-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", print);
}
const root = document.querySelector("[data-pack]");
if (root) new Pack(root).start();
