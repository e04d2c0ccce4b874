/**
 * Starts the page where a document is written. Its body says what it is:
 *
 *   <body data-document="4" data-address="/comptes-rendus/DK2" data-writable="yes" data-why="" data-style-nonce="…" …>
 *
 * The text comes from the device first, if an earlier page left one, then from the server; both are merged, never replaced.
 */
import { Announcer } from "./lib/announce.js";
import { memory } from "./lib/memory.js";
import { Device } from "./lib/minutes/device.js";
import { Presence } from "./lib/minutes/presence.js";
import { SharedText } from "./lib/minutes/shared-text.js";
import { DEVICE, OTHER_TAB, TextWire } from "./lib/minutes/wire.js";
import { word } from "./lib/minutes/words.js";
import { openSocket } from "./lib/socket.js";
import { applyUpdate, encodeStateAsUpdate } from "./lib/yjs.js";
import { stayAboveKeyboard } from "./minutes/above-keyboard.js";
import { askHeading } from "./minutes/dialogs.js";
import { Page } from "./minutes/page.js";
import { SaveLine } from "./minutes/save-line.js";

const VIEW = "atelier.editor.view"; // "plain" or "rich": remembered on this device
const NAMESPACE = "/minutes";
const REMARKS = "remarques"; // after # in the address: the panel, and no section (minutes/remark-acts.js)

/** @param {string} selector @returns {HTMLElement} */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/**
 * @param {SharedText} shared
 * @param {TextWire} wire
 * @param {Device} device
 */
async function keepOnDevice(shared, wire, device) {
  const { updates, dirty } = await device.load();
  for (const update of updates) applyUpdate(shared.doc, update, DEVICE);
  if (device.isLong) void device.trim(() => encodeStateAsUpdate(shared.doc));
  wire.opened = updates.length > 0;
  if (dirty) wire.takeUp();
  shared.doc.on("update", (update, origin) => {
    if (origin !== DEVICE && origin !== OTHER_TAB) device.keep(update, wire.dirty);
  });
  let marked = dirty;
  wire.addEventListener("change", () => {
    if (wire.dirty !== marked) device.mark((marked = wire.dirty));
  });
}

/** Two tabs of one device know of each other at once, network or not. @param {SharedText} shared @param {string} id */
function listenToTabs(shared, id) {
  if (!globalThis.BroadcastChannel) return;
  const channel = new BroadcastChannel(`atelier-document-${id}`);
  channel.onmessage = ({ data }) => applyUpdate(shared.doc, data, OTHER_TAB);
  shared.doc.on("update", (update, _origin, _doc, transaction) => {
    if (transaction.local) channel.postMessage(update);
  });
}

/** @param {Page} page */
async function chooseView(page) {
  const wanted = memory()?.getItem(VIEW) !== "plain";
  const show = async (/** @type {boolean} */ rich) => {
    const isRich = await page.sheet.useView(rich);
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-view]"))) button.hidden = (button.dataset.view === "rich") === isRich;
    document.body.dataset.view = isRich ? "rich" : "plain";
  };
  document.addEventListener("click", (event) => {
    const view = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-view]"))?.dataset.view;
    if (!view || view === document.body.dataset.view) return;
    memory()?.setItem(VIEW, view);
    void show(view === "rich").then(() => page.sheet.writer?.focus());
  });
  await show(wanted);
}

/** @param {Page} page @param {SharedText} shared */
function listenToMenus(page, shared) {
  one("[data-who-is-here]").addEventListener("click", () => page.sayWhoIsHere());
  one("[data-add-section]").addEventListener("click", () => page.writable && page.acts.add(""));
  document.querySelector("[data-rename-title]")?.addEventListener("click", () => askHeading(shared.title, word("document_title"), (title) => (shared.title = title)));
  document.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const name = target.closest("[data-open-dialog]")?.getAttribute("data-open-dialog");
    if (name) /** @type {HTMLDialogElement} */ (document.getElementById(`dialog-${name}`)).showModal();
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target) || target.closest(".menu-list button")) menu.removeAttribute("open");
  });
}

/** No words stay with somebody who is no longer let in, once nothing of theirs is unsaved. */
async function forgetPage() {
  for (const name of (await globalThis.caches?.keys()) ?? []) await (await caches.open(name)).delete(location.origin + location.pathname);
}

/** @param {string} version */
async function keepPageOffline(version) {
  if (!navigator.serviceWorker) return; // plain HTTP in the hall: no reload without network, the rest works
  await navigator.serviceWorker.register(`/sw.js?v=${encodeURIComponent(version)}`);
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage({ kind: "keep", page: location.href, files });
}

async function start() {
  const { document: id = "", address = "", writable, why = "", styleNonce = "", timezone = "Europe/Paris", version = "" } = document.body.dataset;
  const shared = new SharedText();
  const socket = openSocket({}, NAMESPACE);
  const wire = new TextWire(socket, { document: Number(id), doc: shared.doc, writable: writable === "yes", why });
  const device = new Device(id);
  const announcer = new Announcer(document.getElementById("announcements"), document.getElementById("alerts"));
  await keepOnDevice(shared, wire, device);
  listenToTabs(shared, id);
  const presence = new Presence(socket, shared.doc);
  const line = new SaveLine(one("[data-save-line]"), { wire, device, announcer, timeZone: timezone });
  const page = new Page({ shared, wire, presence, announcer, socket, address, nonce: styleNonce });
  listenToMenus(page, shared);
  wire.addEventListener("closed", () => wire.dirty || void Promise.all([device.forget(), forgetPage()]));
  stayAboveKeyboard();
  wire.start();
  await chooseView(page);
  const wanted = decodeURIComponent(location.hash.slice(1)).replace(/^partie-/, "");
  if (wanted && wanted !== REMARKS) wire.addEventListener("welcome", () => page.go(wanted), { once: true });
  addEventListener("beforeunload", (event) => {
    if (line.state === "loose" || line.state === "stopped") event.preventDefault();
  });
  await keepPageOffline(version).catch(() => {}); // a device that refuses it still works with the network
}

void start();
