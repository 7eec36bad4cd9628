// Files go up while the form is still being typed: one after another, in pieces, taken up again after a lost signal.
// Without this script the same inputs send the same files with the form.

const PIECE = 512 * 1024;
const SIDE = 2000;
const QUALITY = 0.8;
const AT_ONCE = 2;
const AGAIN = 4000; // ms between tries while there is no signal
const SHRINKS = ["image/jpeg", "image/png", "image/webp"];
const SHOWN = { pdf: "pdf", jpg: "image", jpeg: "image", png: "image", webp: "image", heic: "image", heif: "image", mp4: "film", m4v: "film", mov: "film", webm: "film", m4a: "sound", mp3: "sound", ogg: "sound", oga: "sound", opus: "sound", wav: "sound", weba: "sound" };

function shapeOf(file) {
  return SHOWN[file.name.split(".").at(-1).toLowerCase()];
}

function inWords(bytes) {
  if (bytes < 1024 ** 2) return `${Math.max(1, Math.floor(bytes / 1024))} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1).replace(".", ",")} MB`;
}

// A photo is made small enough to read on the device, upright; what cannot be read here goes up as it is.
async function shrunk(file) {
  if (!SHRINKS.includes(file.type)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext("2d");
  brush.fillStyle = "white"; // a JPEG has no see-through ground
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!small || small.size >= file.size) return file;
  const name = file.name.replace(/\.\w+$/, "") + ".jpg";
  return new File([small], name, { type: "image/jpeg", lastModified: file.lastModified });
}

class Field {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.list = root.querySelector("[data-upload-list]");
    this.state = root.querySelector("[data-upload-state]");
    this.template = root.querySelector("template");
    this.most = Number(root.dataset.uploadMost);
    this.limits = { paper: Number(root.dataset.uploadLimit) * 1024 ** 2, media: Number(root.dataset.uploadMediaLimit) * 1024 ** 2 };
    this.items = [];
    this.wantsSave = false;
    this.button = null; // by which saving was wanted
    root.classList.add("upload--live");
    for (const input of root.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => {
        this.take([...input.files]);
        input.value = ""; // the list below is what will be sent
      });
    }
    for (const row of this.list.querySelectorAll("[data-upload-item]")) this.adopt(row);
    this.receiveDrops();
    window.addEventListener("online", () => this.items.forEach((item) => item.again?.()));
    this.form.addEventListener("submit", (event) => this.beforeSend(event));
  }

  get token() {
    return this.form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  receiveDrops() {
    for (const kind of ["dragenter", "dragover"]) {
      this.root.addEventListener(kind, (event) => {
        event.preventDefault();
        this.root.classList.add("upload--over");
      });
    }
    this.root.addEventListener("dragleave", () => this.root.classList.remove("upload--over"));
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      this.root.classList.remove("upload--over");
      this.take([...event.dataTransfer.files]);
    });
  }

  // A file that an earlier answer of the server already holds.
  adopt(row) {
    const item = { row, done: true };
    this.items.push(item);
    this.letGo(item);
  }

  take(files) {
    const known = new Set(this.items.map((item) => item.print));
    const fresh = files.filter((file) => !known.has(printOf(file)));
    const twice = files.length - fresh.length;
    const room = Math.max(0, this.most - this.items.length);
    const words = [];
    if (twice) words.push(`${twice} tệp đã có trong danh sách nên không thêm lần nữa.`);
    if (fresh.length > room) {
      words.push(`Bạn chọn ${fresh.length} tệp; mỗi lần nhận nhiều nhất ${this.most}. Đã nhận ${room} tệp đầu: lưu xong rồi thêm ${fresh.length - room} tệp còn lại.`);
    }
    for (const file of fresh.slice(0, room)) this.add(file);
    this.say(words.join(" "));
    this.next();
  }

  add(file) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.querySelector("[data-upload-name]").textContent = file.name;
    row.querySelector("[data-upload-size]").textContent = inWords(file.size);
    this.list.append(row);
    const item = { row, file, print: printOf(file), waiting: true };
    this.items.push(item);
    this.letGo(item);
    this.tell(item, "chờ đến lượt");
  }

  letGo(item) {
    item.row.querySelector("[data-upload-drop]").addEventListener("click", (event) => {
      event.preventDefault();
      this.items = this.items.filter((other) => other !== item);
      item.again = null;
      item.gone = true;
      item.row.remove();
      const address = item.upload?.url ?? item.row.dataset.uploadItem;
      item.upload?.abort();
      if (address && !item.refused) fetch(address, { method: "DELETE", headers: { "X-CSRFToken": this.token, "Tus-Resumable": "1.0.0" } }).catch(() => {});
      this.next();
    });
  }

  next() {
    const running = this.items.filter((item) => item.running).length;
    for (const item of this.items.filter((each) => each.waiting).slice(0, AT_ONCE - running)) this.run(item);
    this.saveIfWanted();
  }

  async run(item) {
    item.waiting = false;
    item.running = true;
    this.tell(item, "đang chuẩn bị");
    const file = await shrunk(item.file);
    if (item.gone) return;
    if (file !== item.file) item.row.querySelector("[data-upload-size]").textContent = `${inWords(item.file.size)}, thu nhỏ còn ${inWords(file.size)}`;
    const isMedia = ["sound", "film"].includes(shapeOf(file));
    const limit = this.limits[isMedia ? "media" : "paper"];
    if (file.size > limit) {
      const advice = isMedia ? "Hãy ghi ngắn hơn, chọn chất lượng thấp hơn hoặc cắt thành nhiều đoạn." : "Hãy chụp lại nhỏ hơn hoặc tách tệp.";
      this.refuse(item, `Tệp nặng ${inWords(file.size)}, quá mức ${inWords(limit)}. ${advice}`);
      return;
    }
    item.upload = new window.tus.Upload(file, {
      endpoint: this.root.dataset.upload,
      chunkSize: PIECE,
      retryDelays: [0, 1000, 2000],
      metadata: { filename: file.name, filetype: file.type },
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", this.token),
      onProgress: (sent, all) => this.progress(item, sent, all),
      onError: (error) => this.failed(item, error),
      onSuccess: () => this.succeeded(item, file),
    });
    const earlier = await item.upload.findPreviousUploads();
    if (earlier.length) item.upload.resumeFromPreviousUpload(earlier[0]);
    if (!item.gone) item.upload.start();
  }

  progress(item, sent, all) {
    const bar = item.row.querySelector("progress");
    bar.hidden = false;
    bar.max = all;
    bar.value = sent;
    this.tell(item, `đang tải ${Math.floor((100 * sent) / all)} %`);
  }

  failed(item, error) {
    const answer = error.originalResponse;
    const status = answer ? answer.getStatus() : 0;
    if (status === 0 || status >= 500 || status === 423 || status === 409) {
      this.tell(item, "mất sóng, sẽ tự tải tiếp", "wait");
      item.again = () => {
        item.again = null;
        clearTimeout(item.timer);
        if (!item.gone) item.upload.start();
      };
      item.timer = setTimeout(() => item.again?.(), AGAIN);
      return;
    }
    let words = "Máy chủ không nhận. Tải lại trang, đăng nhập lại nếu được hỏi, rồi chọn lại tệp.";
    if (status === 422) {
      try {
        words = JSON.parse(answer.getBody()).message;
      } catch {
        // the words above stand
      }
    }
    this.refuse(item, words);
  }

  refuse(item, words) {
    item.running = false;
    item.refused = true;
    item.row.querySelector("progress").hidden = true;
    this.tell(item, words, "bad");
    this.next();
  }

  succeeded(item, file) {
    item.running = false;
    item.done = true;
    const address = item.upload.url.replace(/\/?$/, "/");
    const key = address.split("/").at(-2);
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: this.root.dataset.uploadName, value: key });
    item.row.append(kept);
    item.row.querySelector("progress").hidden = true;
    this.tell(item, "đã tải lên", "good");
    const shape = shapeOf(file);
    const link = item.row.querySelector("[data-upload-name]");
    link.href = `${address}xem/`;
    if (shape) {
      link.dataset.evidence = shape;
      this.show(link);
    }
    this.next();
  }

  show(link) {
    const viewer = document.querySelector("[data-evidence-viewer]");
    if (!viewer) return;
    viewer.hidden = false;
    link.click(); // page.js shows it beside the form
  }

  tell(item, words, tone = "") {
    const place = item.row.querySelector("[data-upload-words]");
    place.textContent = words;
    item.row.dataset.tone = tone;
  }

  say(words) {
    this.state.textContent = words;
  }

  beforeSend(event) {
    if (event.submitter?.hasAttribute("data-upload-drop")) return;
    const open = this.items.filter((item) => !item.done && !item.refused).length;
    if (open) {
      event.preventDefault();
      this.wantsSave = true;
      this.button = event.submitter;
      this.say(`Còn ${open} tệp đang tải. Tải xong sẽ tự lưu, bạn không phải bấm lại.`);
      return;
    }
    if (!navigator.onLine) {
      event.preventDefault();
      this.say("Đang mất sóng nên chưa lưu được. Tệp đã tải và chữ đã gõ còn nguyên: có sóng lại thì bấm lưu.");
    }
  }

  saveIfWanted() {
    if (!this.wantsSave || this.items.some((item) => !item.done && !item.refused)) return;
    this.wantsSave = false;
    if (this.items.some((item) => item.refused)) {
      this.say("Có tệp chưa nhận được. Xem lý do ở từng tệp, bỏ tệp ấy rồi bấm lưu.");
      return;
    }
    this.form.requestSubmit(this.button);
  }
}

function printOf(file) {
  return `${file.name}|${file.size}|${file.lastModified}`;
}

if (window.tus?.isSupported) document.querySelectorAll("[data-upload]").forEach((root) => new Field(root));
