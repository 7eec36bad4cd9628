// What every page does beyond HTML: the palette switch, menus that close, file lists, the evidence viewer, unsaved forms, error focus.

function switchPalette() {
  const link = document.getElementById("dark-palette");
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = !window.matchMedia(link.media).matches;
      link.media = dark ? "screen" : "not all";
      document.cookie = `theme=${dark ? "dark" : "light"}; path=/; max-age=31536000; samesite=lax`;
    });
  }
}

function closeMenus() {
  const menus = () => document.querySelectorAll(".user-menu[open], .bottom-bar__more[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

function sizeInWords(bytes) {
  if (bytes < 1024 ** 2) return `${Math.max(1, Math.floor(bytes / 1024))} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1).replace(".", ",")} MB`;
}

function showChosenFiles(drop) {
  if (drop.dataset.drop === "ready") return;
  drop.dataset.drop = "ready";
  drop.classList.add("drop--live");
  const input = drop.querySelector("input[type=file]");
  const list = drop.querySelector("[data-drop-list]");
  const show = () => {
    list.replaceChildren(
      ...Array.from(input.files, (file) => {
        const item = document.createElement("li");
        item.className = "files__item";
        const name = document.createElement("span");
        name.className = "files__name";
        name.textContent = file.name;
        const size = document.createElement("span");
        size.className = "files__size";
        size.textContent = `${sizeInWords(file.size)} · chưa gửi`;
        item.append(name, size);
        return item;
      }),
    );
  };
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("drop--over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("drop--over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("drop--over");
    const chosen = new DataTransfer();
    for (const file of event.dataTransfer.files) {
      if (input.multiple || chosen.files.length === 0) chosen.items.add(file);
    }
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// The links already open in the frame by their target; this only marks which file is open.
function followEvidence() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-evidence]");
    const viewer = document.querySelector("[data-evidence-viewer]");
    if (!link || !viewer) return;
    for (const other of viewer.querySelectorAll("[data-evidence]")) {
      if (other.href === link.href) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    }
    const open = viewer.querySelector("[data-evidence-open]");
    if (open) open.href = link.href;
    if (showPicture(viewer, link)) event.preventDefault();
  });
  for (const viewer of document.querySelectorAll("[data-evidence-viewer]")) {
    const first = viewer.querySelector("[data-evidence][aria-current]");
    if (first) showPicture(viewer, first);
  }
}

// A picture is fitted to the viewer, which a browser does not do inside a frame; other files stay in the frame.
function showPicture(viewer, link) {
  const picture = viewer.querySelector("[data-evidence-picture]");
  const frame = viewer.querySelector("iframe");
  const listed = [...viewer.querySelectorAll("[data-evidence]")].find((other) => other.href === link.href);
  const isPicture = (listed ?? link).dataset.evidence === "image";
  picture.hidden = !isPicture;
  frame.hidden = isPicture;
  if (!isPicture) return false;
  picture.href = link.href;
  picture.querySelector("img").src = link.href;
  return true;
}

// A form marked data-warn-unsaved asks before its typed answers are left behind.
function guardUnsaved() {
  let touched = false;
  document.addEventListener("input", ({ target }) => {
    if (target.closest("form[data-warn-unsaved]")) touched = true;
  });
  document.addEventListener("submit", () => {
    touched = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
}

// Signing out clears what this device keeps (carried pages, unsent notes and choices): asked first when something is unsent.
function guardSignOut() {
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", async (event) => {
      if (form.dataset.sure) return;
      event.preventDefault();
      const notes = await unsentNotes();
      const unsent = notes.all + Object.keys(localStorage).filter((key) => key.startsWith("phieu:")).length;
      const others = notes.others ? ` (${notes.others} mục của người dùng máy trước bạn)` : "";
      const words = `Máy này còn ${unsent} mục chưa gửi${others}. Đăng xuất là mất những mục ấy. Vẫn đăng xuất?`;
      if (unsent && !window.confirm(words)) return;
      form.dataset.sure = "1";
      form.requestSubmit();
    });
  }
}

async function unsentNotes() {
  const none = { all: 0, others: 0 };
  try {
    const known = (await indexedDB.databases()).some(({ name }) => name === "hop-thu-di");
    return known ? await (await import("./outbox.js")).stillWaiting(document.documentElement.dataset.holder) : none;
  } catch {
    return none;
  }
}

// A page that knows who is signed in (public pages do not) tells the device who holds it.
function tellHolder() {
  const { holder, holderUntil } = document.documentElement.dataset;
  if (holder === undefined || !("caches" in window)) return;
  import("./holder.js").then(({ inHandsOf }) => inHandsOf(holder, Number(holderUntil))).catch(() => {});
}

// What was handed in without a line goes out from any page, once there is one.
async function sendHandedIn() {
  const { holder } = document.documentElement.dataset;
  const kept = holder && (await indexedDB.databases?.())?.some(({ name }) => name === "hop-thu-di");
  if (!kept) return;
  const open = [...document.querySelectorAll("form[data-channel]:not([data-locked])")].map((form) => form.dataset.channel);
  await (await import("./waiting.js")).sendWaiting(holder, new Set(open));
}

// A page whose door has shut says so by data-carried-shut: nothing under that address stays carried on this device.
async function dropShut() {
  const { holder } = document.documentElement.dataset;
  const shut = [...document.querySelectorAll("[data-carried-shut]")].map((each) => each.dataset.carriedShut);
  if (!holder || !shut.length || !("caches" in window)) return;
  const { dropCarried } = await import("./carry.js");
  for (const prefix of shut) await dropCarried(holder, prefix);
}

tellHolder();
dropShut().catch(() => {});
sendHandedIn().catch(() => {});
switchPalette();
guardSignOut();
guardUnsaved();
closeMenus();
followEvidence();
document.querySelectorAll("[data-drop]").forEach(showChosenFiles);
document.querySelector("form [data-error-summary]")?.focus();
document.addEventListener("htmx:afterSwap", (event) => {
  event.target.querySelectorAll("[data-drop]").forEach(showChosenFiles);
  event.target.querySelector("[data-error-summary]")?.focus();
});
