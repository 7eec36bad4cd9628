// Who holds this device, as far as its pages know: the person last signed in here, until the session ends. A carried page
// (a cache called "mang-theo-<person>-<page>") is opened without a line only for that person. The worker reads the same
// note: it has neither cookies nor localStorage, so the note lies in a cache. Contract: ocop/intake/README.md.

const CARRIED = "mang-theo-";
const HOLDER = "nguoi-cam-may";
const NOTE = "/nguoi-cam-may";

/** The cache of a page that this person carries along. */
export const carriedAs = (person, page) => `${CARRIED}${person}-${page}`;

/** Write down who holds the device from now on, until the moment (in seconds) that the session ends. */
export async function holds(person, until) {
  const note = await caches.open(HOLDER);
  const kept = await (await note.match(NOTE))?.json();
  // A carried page says when the session ended that it was fetched in: the later of both is true.
  const end = kept?.person === person ? Math.max(kept.until, until) : until;
  await note.put(NOTE, new Response(JSON.stringify({ person, until: end })));
}

/** Every page that knows who is signed in says so; what another person carried is deleted, notes not sent are not. */
export async function inHandsOf(person, until) {
  const carried = (await caches.keys()).filter((name) => name.startsWith(CARRIED));
  if (!carried.length) return;
  if (!person) {
    await caches.delete(HOLDER);
    return;
  }
  await holds(person, until);
  const others = carried.filter((name) => !name.startsWith(carriedAs(person, "")));
  await Promise.all(others.map((name) => caches.delete(name)));
}
