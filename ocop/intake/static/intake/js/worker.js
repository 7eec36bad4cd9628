// Opens a carried page when there is no line, for whoever carried it and nobody else. It keeps nothing by itself: the page
// puts what it needs into a cache "mang-theo-<person>-<page>" when the officer asks for it, and takes it out again; every
// page notes in the cache "nguoi-cam-may" who holds the device (ui/js/holder.js). The network always goes first.

const CARRIED = "mang-theo-";
const FILES = "-tep"; // files of a dossier: their whole address counts, not the path alone (ui/js/carry.js)
const HOLDER = "nguoi-cam-may";
const PATIENCE = 8000; // ms before a carried page is opened instead of a line that does not answer

const LOCKED = `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chưa mở được khi không có mạng</title><h1>Chưa mở được khi không có mạng</h1>
<p>Trang mang theo chỉ mở cho người đang đăng nhập trên máy này, trong phiên đăng nhập còn hạn.</p>
<p>Khi có mạng, hãy đăng nhập lại để xem. Chữ và ảnh chưa gửi vẫn giữ trên máy.</p></html>`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** The person last signed in here, while that session lasts. */
async function holder() {
  const kept = await caches.match(`/${HOLDER}`, { cacheName: HOLDER });
  const told = kept ? await kept.json() : null;
  return told && told.until * 1000 > Date.now() ? told.person : null;
}

async function carried(request) {
  const person = await holder();
  if (!person) return undefined;
  for (const name of await caches.keys()) {
    if (!name.startsWith(`${CARRIED}${person}-`)) continue;
    const found = await (await caches.open(name)).match(request, { ignoreSearch: !name.endsWith(FILES), ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

async function lineFirst(request, patience) {
  const here = await carried(request);
  if (!here) return request.mode === "navigate" ? fetch(request).catch(locked) : fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    return answer.status >= 500 ? here : answer;
  } catch {
    return here;
  }
}

function locked() {
  return new Response(LOCKED, { status: 403, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(lineFirst(request, PATIENCE));
});
