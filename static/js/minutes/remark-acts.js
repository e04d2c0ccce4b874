/** Ties the remarks to the text: a new one on the words where one writes, from a passage to its thread, and back. */
import { anchorOf, passageAt } from "../lib/minutes/remarks.js";
import { Remarks } from "./remarks.js";
import { NARROW, leaveSide, showSide } from "./side.js";

const ANSWER_MS = 8_000;
const AGAIN_MS = 150; // sections above open meanwhile, and change their height

/**
 * @typedef {import("../lib/minutes/wire.js").SocketLike} SocketLike
 * @typedef {import("../lib/minutes/remarks.js").Place} Place
 */

/** The passage, beside its thread. @param {string} id */
function reveal(id) {
  if (!matchMedia(NARROW).matches) document.querySelector(`.sheet-part [data-remarked="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
}

export class RemarkActs {
  #panel;
  #shared;
  #sheet;
  #remarks;
  #hands;
  #opened = "";

  /**
   * @param {HTMLElement} panel
   * @param {{shared: import("../lib/minutes/shared-text.js").SharedText, wire: import("../lib/minutes/wire.js").TextWire, socket: SocketLike, sheet: () => import("./sheet.js").Sheet,
   *   address: string, say: (sentence: string) => void, alert: (sentence: string) => void}} parts
   */
  constructor(panel, { shared, wire, socket, sheet, address, say, alert }) {
    this.#panel = panel;
    this.#shared = shared;
    this.#sheet = sheet;
    this.#hands = { say, alert };
    const hands = { say, alert, go: (/** @type {Place} */ place) => this.#go(place), reveal };
    this.#remarks = new Remarks(panel, { shared, address, document: document.body.dataset.document ?? "", ask: (act) => this.#ask(wire, socket, act), hands });
    this.#remarks.addEventListener("change", () => sheet().rich && sheet().redraw());
    socket.on("remarks", () => this.fetch());
    for (const name of ["welcome", "phase", "flags"]) wire.addEventListener(name, () => this.fetch());
    panel.addEventListener("keydown", (event) => event.key === "Escape" && this.#leave());
    panel.querySelector("[data-remark-leave]")?.addEventListener("click", () => this.#leave());
    document.addEventListener("click", (event) => this.#touch(/** @type {HTMLElement} */ (event.target)));
    if (location.hash === "#remarques") queueMicrotask(() => this.openAll());
    if (this.#remarks.hasDraft) queueMicrotask(() => showSide("remarks"));
  }

  /** @param {string} key */
  of(key) {
    return this.#remarks.of(key);
  }

  fetch() {
    return this.#remarks.fetch();
  }

  arrange() {
    this.#remarks.arrange();
  }

  /** « Remarque »: on what is selected, else on the sentence of the caret. */
  compose() {
    const { place, writer } = this.#sheet();
    const passage = writer && passageAt(writer.selected.text, writer.selected.from, writer.selected.to);
    if (passage) this.composeOn(place, passage.from, passage.to);
    else this.#hands.alert(this.#panel.dataset.sayWhere ?? "");
  }

  /** @param {string} key @param {number} from @param {number} to */
  composeOn(key, from, to) {
    const body = this.#shared.section(key)?.body;
    if (!body) return;
    showSide("remarks");
    this.#remarks.compose(key, anchorOf(body, from, Math.min(to, body.length)), body.toString().slice(from, to));
  }

  /** Alt + Entrée: the thread of the passage at the caret. @param {string} key @param {number} at @returns {boolean} */
  open(key, at) {
    const id = this.#remarks.at(key, at);
    if (id) this.#show(id, true);
    return id !== "";
  }

  /** The whole panel, from the count or an address. */
  openAll() {
    showSide("remarks");
    /** @type {HTMLElement} */ (this.#panel.querySelector("h2")).focus();
  }

  /** @param {string} id @param {boolean} [focus] */
  #show(id, focus = false) {
    this.#opened = id;
    showSide("remarks");
    this.#remarks.show(id, focus);
  }

  /** On a narrow screen a passage opens its thread once: a second touch is for writing there. @param {HTMLElement} target */
  #touch(target) {
    const id = /** @type {HTMLElement | null} */ (target.closest("[data-remarked]"))?.dataset.remarked;
    if (id && (target.closest(".remark-sign") || !matchMedia(NARROW).matches || id !== this.#opened)) this.#show(id);
    else if (!id && target.closest(".sheet-part")) this.#opened = "";
    if (target.closest("[data-show-remarks]")) this.openAll();
  }

  /** @param {Place} place */
  #go({ key, to }) {
    if (matchMedia(NARROW).matches) leaveSide();
    for (const wait of [0, AGAIN_MS]) setTimeout(() => this.#sheet().goTo(key, to), wait);
  }

  #leave() {
    leaveSide();
    this.#sheet().writer?.focus();
  }

  /**
   * @param {import("../lib/minutes/wire.js").TextWire} wire
   * @param {SocketLike} socket
   * @param {Record<string, string | undefined>} act
   * @returns {Promise<import("./remarks.js").Answer>} without a message when no answer came
   */
  async #ask(wire, socket, act) {
    if (wire.closed) return { ok: false, message: wire.why };
    if (!socket.connected) return { ok: false };
    try {
      return await socket.timeout(ANSWER_MS).emitWithAck("remark", act);
    } catch {
      return { ok: false };
    }
  }
}
