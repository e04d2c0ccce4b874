/**
 * Starts a page of the running séance. The page arrives already drawn; its body says what it shows:
 *
 *   <body data-surface="phone|desk|screen" data-session="482137" data-epoch="…" data-seq="57"
 *         data-version="…" data-timezone="Europe/Paris" [data-act-url="/s/482137/act"]>
 *
 * with, on phones and desk, `<p id="announcements" role="status">`, `<p id="alerts" role="alert">`, and optionally
 * `<script type="application/json" id="words">` (lib/words.js) and `id="me"` (the person's payload at drawing time).
 * The service worker marks a page it had kept with `data-cached`: only then the last screen is put back from the device.
 * The projector shows nothing of the network: it keeps its last image until the next one.
 */
import { ActForm } from "./elements/act-form.js";
import { CharCount } from "./elements/char-count.js";
import { KeepDraft } from "./elements/keep-draft.js";
import { OutboxList } from "./elements/outbox-list.js";
import { QrShare } from "./elements/qr-share.js";
import { ReadAloud } from "./elements/read-aloud.js";
import { StatusLine } from "./elements/status-line.js";
import { TimeLeft } from "./elements/time-left.js";
import { Announcer } from "./lib/announce.js";
import { clockOffset, restoreClockOffset } from "./lib/clock.js";
import { Delivery } from "./lib/delivery.js";
import { Drafts } from "./lib/drafts.js";
import { furnish } from "./lib/house.js";
import { memory } from "./lib/memory.js";
import { inMemory, openStore } from "./lib/outbox-store.js";
import { Outbox } from "./lib/outbox.js";
import { ownPayload, refresh, setOffline, setOwnPayload } from "./lib/page.js";
import { Surface } from "./lib/patch.js";
import { openSocket } from "./lib/socket.js";
import { Wire } from "./lib/wire.js";

const OFFLINE_AFTER_MS = 3_000;
const KEEP_SCREEN_AFTER_MS = 2_000;

const ELEMENTS = {
  "act-form": ActForm,
  "char-count": CharCount,
  "keep-draft": KeepDraft,
  "outbox-list": OutboxList,
  "qr-share": QrShare,
  "read-aloud": ReadAloud,
  "status-line": StatusLine,
  "time-left": TimeLeft,
};

/** @param {string} id @returns {any} */
function embedded(id) {
  return JSON.parse(document.getElementById(id)?.textContent || "null");
}

/**
 * @param {Wire} wire
 * @param {Surface} surface
 */
function follow(wire, surface) {
  /** @param {() => void} draw */
  const attempt = (draw) => {
    try {
      draw();
      return true;
    } catch (error) {
      console.warn(error); // the last image stays
      return false;
    }
  };
  wire.addEventListener("surface", (event) => attempt(() => surface.replace(/** @type {CustomEvent} */ (event).detail.html)));
  wire.addEventListener("ops", (event) => attempt(() => surface.apply(/** @type {CustomEvent} */ (event).detail.ops)) || wire.refetch());
  wire.addEventListener("me", (event) => attempt(() => setOwnPayload(/** @type {CustomEvent} */ (event).detail.me)));
}

/**
 * @param {Wire} wire
 * @param {Outbox} outbox
 */
function watchNetwork(wire, outbox) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const look = () => {
    document.body.dataset.connection = wire.state;
    clearTimeout(timer);
    if (wire.lostAt === null) setOffline(false);
    else timer = setTimeout(() => setOffline(true), wire.lostAt + OFFLINE_AFTER_MS - Date.now());
    if (wire.state === "online") outbox.nudge();
  };
  wire.addEventListener("state", look);
  look();
}

/**
 * @param {import("./lib/outbox-store.js").DeviceStore} store
 * @param {Surface} surface
 * @param {Wire} wire
 * @param {string} session
 */
function keepScreens(store, surface, wire, session) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    if (wire.position.head === null) return;
    const screen = { session, html: surface.html(), ...wire.position, me: ownPayload(), offset: clockOffset() };
    store.keepScreen(screen).catch(() => {}); // a full device loses its last screen, not its words
  };
  const soon = () => (timer ??= setTimeout(keep, KEEP_SCREEN_AFTER_MS));
  for (const name of ["surface", "ops", "me"]) wire.addEventListener(name, soon);
  document.addEventListener("visibilitychange", () => document.hidden && timer && keep());
}

/** @param {Wire} wire @param {Outbox} outbox @param {Announcer} announcer */
function heedTheEnd(wire, outbox, announcer) {
  wire.addEventListener("closed", (event) => {
    const { message, url } = /** @type {CustomEvent} */ (event).detail;
    if (message) announcer.polite(message);
    if (url?.startsWith("/") && outbox.pending.length === 0) location.assign(url);
  });
}

/** @param {string} version */
async function keepPageOffline(version) {
  if (!navigator.serviceWorker) return; // plain HTTP in the hall: no offline reload, the rest works
  await navigator.serviceWorker.register(`/sw.js?v=${encodeURIComponent(version)}`);
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage({ kind: "keep", page: location.href, files });
}

/** What the page says of itself. */
function readBody() {
  const { surface = "phone", session = "", epoch = null, seq = "", version = "", timezone, actUrl, cached } = document.body.dataset;
  return {
    surface: /** @type {import("./lib/house.js").House["surface"]} */ (surface),
    session,
    position: { epoch, head: seq === "" ? null : Number(seq) },
    version,
    timeZone: timezone || "Europe/Paris",
    address: actUrl || `/s/${session}/act`,
    isCopy: cached !== undefined && surface === "phone",
  };
}

/** @param {Outbox} outbox @param {Announcer} announcer @param {Drafts} drafts */
async function takeUpWords(outbox, announcer, drafts) {
  drafts.listen(document);
  outbox.addEventListener("settled", (event) => {
    const { answer } = /** @type {CustomEvent} */ (event).detail;
    if (!answer.ok && answer.message) announcer.alert(answer.message);
  });
  await outbox.open();
}

async function start() {
  const { surface: kind, session, position, version, timeZone, address, isCopy } = readBody();
  const store = kind === "screen" ? inMemory() : await openStore();
  const kept = isCopy ? await store.lastScreen(session).catch(() => null) : null;
  restoreClockOffset(kept?.offset);

  const locale = document.documentElement.lang;
  const at = kept ? { head: kept.head, epoch: kept.epoch } : position;
  const seat = { surface: kind, session, ...(window.top === window ? {} : { preview: "yes" }) }; // the desk looks at itself
  const wire = new Wire(openSocket(seat), { session, surface: kind, locale, ...at });
  const delivery = new Delivery(wire, address);
  const channel = globalThis.BroadcastChannel ? new BroadcastChannel(`atelier-outbox-${session}`) : null;
  const outbox = new Outbox({ store, deliver: (act) => delivery.deliver(act), session, channel });
  const announcer = new Announcer(document.getElementById("announcements"), document.getElementById("alerts"));
  const drafts = new Drafts(memory(), session);
  furnish({ surface: kind, session, timeZone, wire, delivery, outbox, drafts, announcer });

  const surface = new Surface(document, refresh);
  if (kept) surface.replace(kept.html);
  const me = kept?.me ?? embedded("me");
  if (me) setOwnPayload(me);
  for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element);
  refresh();

  follow(wire, surface);
  watchNetwork(wire, outbox);
  heedTheEnd(wire, outbox, announcer);
  if (kind !== "screen") await takeUpWords(outbox, announcer, drafts);
  wire.open();
  if (kind !== "phone") return;
  keepScreens(store, surface, wire, session);
  await keepPageOffline(version).catch(() => {}); // a device that refuses it still works with the network
}

void start();
