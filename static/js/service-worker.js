/**
 * Served at /sw.js?v=<hash>: a phone reloaded without network shows its page, then its last screen and its outbox.
 *
 * Pages `/s/<code>…` come from the network, else after 3 s or a failure from the copy, marked `data-cached` on its body.
 * Files of /static/ that bear a version come from the copy first. Everything else (acts, sockets, desk, projector,
 * downloads) is none of its business. A new hash makes new caches and deletes the former.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const VERSION = new URL(worker.location.href).searchParams.get("v") || "0";
const CACHE = `atelier-${VERSION}`;
const NETWORK_PATIENCE_MS = 3_000;
const PAGE = /^\/s\/[^/]+\/?$|^\/(?:comptes-rendus|contributions-au-forum)\/[^/]+\/ecrire$/;
const MAX_PAGES = 6;

/** @param {string} address */
const isPage = (address) => PAGE.test(new URL(address).pathname);

/** @param {string} address */
const isStatic = (address) => {
  const { origin, pathname } = new URL(address);
  return origin === worker.location.origin && pathname.startsWith("/static/");
};

/** @param {Response} response */
const isWorthKeeping = (response) => response.ok && response.type === "basic" && !response.redirected;

/** The page's own address, without what a link added to it. @param {string} address */
function pageKey(address) {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}

/**
 * @param {string} address
 * @param {Response} response
 */
async function keepPage(address, response) {
  const cache = await caches.open(CACHE);
  await cache.put(pageKey(address), response);
  const pages = (await cache.keys()).filter(({ url }) => isPage(url));
  for (const old of pages.slice(0, Math.max(0, pages.length - MAX_PAGES))) await cache.delete(old);
}

/** @param {Request} request @returns {Promise<Response | undefined>} */
async function keptPage(request) {
  const kept = await (await caches.open(CACHE)).match(pageKey(request.url));
  if (!kept) return undefined;
  const html = (await kept.text()).replace("<body", "<body data-cached");
  return new Response(html, { status: kept.status, headers: kept.headers });
}

/** @param {FetchEvent} event @returns {Promise<Response>} */
async function page(event) {
  const { request } = event;
  const network = fetch(request).then((response) => {
    if (isWorthKeeping(response)) event.waitUntil(keepPage(request.url, response.clone()).catch(() => {}));
    return response;
  });
  const patience = new Promise((_, fail) => setTimeout(() => fail(new Error("slow")), NETWORK_PATIENCE_MS));
  try {
    return /** @type {Response} */ (await Promise.race([network, patience]));
  } catch {
    network.catch(() => {}); // waited for below only when there is no copy
    return (await keptPage(request)) ?? network;
  }
}

/** @param {Request} request @returns {Promise<Response>} */
async function file(request) {
  const cache = await caches.open(CACHE);
  const versioned = new URL(request.url).search !== "";
  const kept = await cache.match(request);
  if (kept && versioned) return kept;
  try {
    const response = await fetch(request);
    if (isWorthKeeping(response)) await cache.put(request, response.clone()).catch(() => {});
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/**
 * The page that has just started was loaded before this worker: copy it and its files now.
 * @param {{page: string, files: string[]}} shown
 */
async function keep({ page: address, files }) {
  const cache = await caches.open(CACHE);
  for (const url of files.filter(isStatic)) {
    if (await cache.match(url)) continue;
    const response = await fetch(url, { cache: "force-cache" }).catch(() => null);
    if (response && isWorthKeeping(response)) await cache.put(url, response);
  }
  if (!isPage(address) || (await cache.match(pageKey(address)))) return;
  const response = await fetch(pageKey(address), { credentials: "same-origin" });
  if (isWorthKeeping(response)) await keepPage(address, response);
}

worker.addEventListener("install", () => worker.skipWaiting());

worker.addEventListener("activate", (event) => {
  const clean = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("atelier-") && name !== CACHE);
    await Promise.all(names.map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(clean());
});

worker.addEventListener("message", (event) => {
  if (event.data?.kind === "keep") event.waitUntil(keep(event.data).catch(() => {}));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== worker.location.origin) return;
  if (request.mode === "navigate" && isPage(request.url)) event.respondWith(page(event));
  else if (isStatic(request.url)) event.respondWith(file(request));
});
