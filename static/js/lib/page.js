/**
 * What follows each change of the page: personal values, drafts, title, announcements, words that depend on the network.
 *
 *   data-title="Vote, question 2"        (in a region) becomes the page's title
 *   data-announce="Nouvelle question…"   (in a region) is announced when it appears or changes
 *   data-when="online" | "offline"       shown only then (« Envoyer ma carte » / « Garder et envoyer plus tard »)
 *   data-frozen                          anywhere, unless "false": the séance is frozen, sends wait (phones only)
 */
import { house } from "./house.js";
import { fill } from "./me.js";

/** @type {Record<string, any> | null} the person's own payload, the last one that came */
let me = null;
/** @type {Set<string> | null} null before the first drawing, which is not news */
let said = null;
let offline = false;

/** @returns {object | null} */
export function ownPayload() {
  return me;
}

/** @param {object} payload */
export function setOwnPayload(payload) {
  me = payload;
  house.outbox.forgetReceipts();
  refresh();
}

/** @param {boolean} now */
export function setOffline(now) {
  if (now === offline) return;
  offline = now;
  showWords();
}

function showWords() {
  document.body.dataset.network = offline ? "offline" : "online";
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-when]"))) {
    const hidden = (element.dataset.when === "offline") !== offline;
    if (element.hidden !== hidden) element.hidden = hidden;
  }
}

function announce() {
  const shown = [...document.querySelectorAll("[data-announce]")].filter((one) => !one.closest("[hidden]"));
  const sentences = shown.map((one) => one.getAttribute("data-announce") ?? "");
  if (said) for (const sentence of sentences) if (sentence && !said.has(sentence)) house.announcer.polite(sentence);
  said = new Set(sentences);
}

export function refresh() {
  if (me) fill(document.body, me);
  if (house.surface === "screen") return;
  house.drafts.restore(document);
  showWords();
  announce();
  const title = document.querySelector("[data-title]")?.getAttribute("data-title");
  if (title && title !== document.title) document.title = title;
  if (house.surface === "phone") house.outbox.pause(document.querySelector("[data-frozen]:not([data-frozen=false])") !== null);
}
