import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import vm from "node:vm";

import { settle } from "./dice.mjs";

mock.timers.enable({ apis: ["setTimeout"] });

const HOST = "https://atelier.example";
const SOURCE = readFileSync(new URL("../../static/js/service-worker.js", import.meta.url), "utf8");

/** @param {string} body @param {ResponseInit} [more] */
function makeResponse(body, more = {}) {
  const response = new Response(body, more);
  Object.defineProperty(response, "type", { value: "basic" });
  const clone = response.clone.bind(response);
  response.clone = () => Object.defineProperty(clone(), "type", { value: "basic" });
  return response;
}

/** The caches of one browser, kept from one worker to the next. */
class Caches extends Map {
  async open(name) {
    if (!this.has(name)) this.set(name, new Map());
    const kept = this.get(name);
    const address = (key) => (typeof key === "string" ? key : key.url);
    return {
      match: async (key) => kept.get(address(key))?.clone(),
      put: async (key, response) => void kept.set(address(key), response),
      delete: async (key) => kept.delete(address(key)),
      keys: async () => [...kept.keys()].map((url) => ({ url })),
    };
  }

  async keys() {
    return [...super.keys()];
  }
}

/** @param {{version?: string, caches?: Caches, network: (url: string) => any}} parts */
function startWorker({ version = "1", caches = new Caches(), network }) {
  const listeners = {};
  const fetched = [];
  const self = {
    location: new URL(`${HOST}/sw.js?v=${version}`),
    addEventListener: (name, act) => (listeners[name] = act),
    skipWaiting: () => {},
    clients: { claim: async () => {} },
  };
  const fetch = async (request) => {
    const url = typeof request === "string" ? request : request.url;
    fetched.push(url);
    return network(url);
  };
  vm.runInNewContext(SOURCE, { self, caches, fetch, URL, Response, setTimeout, Promise, Error });
  const later = [];
  const waitUntil = (promise) => later.push(promise);
  return {
    caches,
    fetched,
    /** @returns {Promise<Response> | null} null = left to the browser */
    get(path, { method = "GET", mode = "navigate", origin = HOST } = {}) {
      let answer = null;
      listeners.fetch({ request: { url: origin + path, method, mode }, waitUntil, respondWith: (promise) => (answer = promise) });
      return answer;
    },
    async activate() {
      listeners.activate({ waitUntil });
      await Promise.all(later);
    },
    async keep(page, files) {
      listeners.message({ data: { kind: "keep", page: HOST + page, files: files.map((file) => HOST + file) }, waitUntil });
      await Promise.all(later);
    },
    calm: () => Promise.all(later),
  };
}

const PAGE = '<html><body data-surface="phone"><p>Question 1</p></body></html>';
const offline = () => Promise.reject(new TypeError("Failed to fetch"));

test("reload_without_network_shows_the_page_marked_as_a_copy", async () => {
  let online = true;
  const worker = startWorker({ network: () => (online ? makeResponse(PAGE, { headers: { "Content-Security-Policy": "script-src 'self'" } }) : offline()) });
  assert.equal(await (await worker.get("/s/482137")).text(), PAGE);
  await worker.calm();
  online = false;
  const copy = await worker.get("/s/482137?from=qr");
  assert.equal(await copy.text(), PAGE.replace("<body", "<body data-cached"));
  assert.equal(copy.headers.get("Content-Security-Policy"), "script-src 'self'");
});

test("reload_on_a_network_that_hangs_shows_the_copy_after_three_seconds", async () => {
  let hangs = false;
  const worker = startWorker({ network: () => (hangs ? new Promise(() => {}) : makeResponse(PAGE)) });
  await worker.get("/s/482137");
  await worker.calm();
  hangs = true;
  let shown = null;
  worker.get("/s/482137").then((response) => (shown = response));
  await settle();
  mock.timers.tick(2_999);
  await settle();
  assert.equal(shown, null);
  mock.timers.tick(1);
  await settle();
  assert.match(await shown.text(), /data-cached/);
});

test("a_document_being_written_is_reloaded_without_network_and_its_reading_page_is_left_to_the_browser", async () => {
  let online = true;
  const worker = startWorker({ network: () => (online ? makeResponse(PAGE) : offline()) });
  await worker.get("/comptes-rendus/DK2/ecrire");
  await worker.calm();
  online = false;
  assert.match(await (await worker.get("/comptes-rendus/DK2/ecrire")).text(), /data-cached/);
  assert.equal(worker.get("/comptes-rendus/DK2"), null);
  assert.equal(worker.get("/comptes-rendus/DK2/ecrire/etat", { mode: "cors" }), null);
});

test("first_visit_without_network_fails_as_the_browser_would", async () => {
  const worker = startWorker({ network: offline });
  await assert.rejects(worker.get("/s/482137"), TypeError);
});

test("acts_sockets_desk_screens_and_other_sites_are_left_to_the_browser", () => {
  const worker = startWorker({ network: () => assert.fail("fetched") });
  assert.equal(worker.get("/s/482137/act", { method: "POST", mode: "cors" }), null);
  assert.equal(worker.get("/s/482137", { method: "POST" }), null);
  assert.equal(worker.get("/socket.io/?EIO=4&transport=polling", { mode: "cors" }), null);
  assert.equal(worker.get("/desk/482137"), null);
  assert.equal(worker.get("/screen/482137"), null);
  assert.equal(worker.get("/s/482137/export.csv"), null);
  assert.equal(worker.get("/s/482137", { origin: "https://elsewhere.example" }), null);
});

test("redirections_and_errors_are_never_kept", async () => {
  const answers = [makeResponse("non", { status: 403 }), Object.defineProperty(makeResponse(PAGE), "redirected", { value: true })];
  const worker = startWorker({ network: () => answers.shift() ?? offline() });
  await worker.get("/s/482137");
  await worker.get("/s/482137");
  await worker.calm();
  await assert.rejects(worker.get("/s/482137"), TypeError);
});

test("start_keeps_the_page_and_files_loaded_before_the_worker_came", async () => {
  let online = true;
  const worker = startWorker({ network: (url) => (online ? makeResponse(url.includes("/static/") ? "export {}" : PAGE) : offline()) });
  await worker.keep("/s/482137?token=secret", ["/static/js/app.js?v=1", "/static/js/lib/wire.js", "/socket.io/?EIO=4"]);
  assert.deepEqual([...worker.caches.get("atelier-1").keys()].sort(), [
    `${HOST}/s/482137`, `${HOST}/static/js/app.js?v=1`, `${HOST}/static/js/lib/wire.js`,
  ]);
  online = false;
  assert.match(await (await worker.get("/s/482137")).text(), /data-cached/);
  assert.equal(await (await worker.get("/static/js/lib/wire.js", { mode: "cors" })).text(), "export {}");
  assert.equal(await (await worker.get("/static/js/app.js?v=1", { mode: "cors" })).text(), "export {}");
});

test("a_file_without_a_version_comes_from_the_network_while_there_is_one", async () => {
  let body = "old";
  const worker = startWorker({ network: () => makeResponse(body) });
  await worker.get("/static/js/lib/wire.js", { mode: "cors" });
  body = "new";
  assert.equal(await (await worker.get("/static/js/lib/wire.js", { mode: "cors" })).text(), "new");
});

test("a_new_version_deletes_the_caches_of_the_former_and_nobody_else_s", async () => {
  const caches = new Caches();
  const former = startWorker({ version: "1", caches, network: () => makeResponse(PAGE) });
  await former.get("/s/482137");
  await former.calm();
  await caches.open("of-something-else");
  const next = startWorker({ version: "2", caches, network: () => makeResponse(PAGE) });
  await next.get("/s/482137");
  await next.calm();
  await next.activate();
  assert.deepEqual((await caches.keys()).sort(), ["atelier-2", "of-something-else"]);
});

test("pages_of_many_sessions_do_not_pile_up", async () => {
  const worker = startWorker({ network: () => makeResponse(PAGE) });
  for (let session = 1; session <= 9; session += 1) {
    await worker.get(`/s/${session}`);
    await worker.calm();
  }
  assert.deepEqual([...worker.caches.get("atelier-1").keys()].map((url) => url.slice(-1)), ["4", "5", "6", "7", "8", "9"]);
});
