// Opens a carried page when there is no line. It keeps nothing by itself: the page puts what it needs into a cache
// called "mang-theo-…" when the officer asks for it, and takes it out again. The network always goes first.

const CARRIED = "mang-theo-";
const PATIENCE = 8000; // ms before a carried page is opened instead of a line that does not answer

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function carried(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(CARRIED)) continue;
    const found = await (await caches.open(name)).match(request, { ignoreSearch: true, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

async function lineFirst(request, patience) {
  const here = await carried(request);
  if (!here) return fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    return answer.status >= 500 ? here : answer;
  } catch {
    return here;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(lineFirst(request, PATIENCE));
});
