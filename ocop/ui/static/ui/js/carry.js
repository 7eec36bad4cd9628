// Pages carried along in caches "mang-theo-<person>-<name>" (holder.js says for whom, the worker opens them). Files of a
// dossier lie in a cache of their own that ends in "-tep": there the whole address counts, in the others the path alone.

import { carriedAs } from "./holder.js";

export const FILES = "-tep";

const isPage = (name, person) => name.startsWith(carriedAs(person, "")) && !name.endsWith(FILES);

/** Fetch a page as it stands now into the cache; a page that is shut meanwhile leaves it. */
export async function putPage(cache, person, path) {
  const page = await fetch(path, { credentials: "same-origin", cache: "no-store" });
  if (page.redirected || [403, 404].includes(page.status)) {
    await cache.delete(path, { ignoreVary: true });
    return null;
  }
  if (!page.ok) throw new Error("page not carried");
  const words = await page.clone().text(); // somebody else may have signed in in another tab meanwhile
  if (!words.includes(`data-holder="${person}"`)) throw new Error("another person's page");
  await cache.put(path, page);
  return new DOMParser().parseFromString(words, "text/html");
}

/** The page that is open stands anew in whatever carries it. */
export async function refreshCarried(person, path = window.location.pathname) {
  if (!person || !("caches" in window) || !navigator.onLine) return;
  for (const name of await caches.keys()) {
    if (!isPage(name, person)) continue;
    const cache = await caches.open(name);
    if (await cache.match(path, { ignoreVary: true })) await putPage(cache, person, path);
  }
}

/** Nothing whose address begins with `prefix` stays carried: its door has shut. */
export async function dropCarried(person, prefix) {
  if (!person || !("caches" in window)) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith(carriedAs(person, ""))) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (new URL(request.url).pathname.startsWith(prefix)) await cache.delete(request, { ignoreVary: true });
    }
  }
}

/** What pages need to be shown: the office's own styles, scripts, fonts and pictures. */
export async function putAssets(cache, documents = [document]) {
  const used = performance.getEntriesByType("resource").map((entry) => entry.name);
  const linked = documents.flatMap((page) => [...page.querySelectorAll("link[href], script[src], img[src]")].map((each) => each.getAttribute("href") ?? each.getAttribute("src")));
  const own = [...used, ...linked].map((url) => new URL(url, window.location.href)).filter((url) => url.origin === window.location.origin && url.pathname.startsWith("/static/"));
  await Promise.all([...new Set(own.map((url) => url.href.split("#")[0]))].map(async (url) => {
    if (await cache.match(url, { ignoreVary: true })) return;
    const answer = await fetch(url);
    if (answer.ok) await cache.put(url, answer);
  }));
}
