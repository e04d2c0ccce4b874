/**
 * The page of one document: ties the shared text, the wire, the device, the people and what is on the screen. It is the `Desk`
 * of every view (writer.js).
 */
import { word } from "../lib/minutes/words.js";
import { Commands, KEYS } from "./commands.js";
import { Flags } from "./flags.js";
import { Notices, copyText } from "./notices.js";
import { drawPeople, whoIsHere } from "./people.js";
import { Plan } from "./plan.js";
import { RemarkActs } from "./remark-acts.js";
import { SectionActs } from "./section-acts.js";
import { Sheet } from "./sheet.js";
import { NARROW, leaveSide, listenToChoice, showSide } from "./side.js";
import { Sources } from "./sources.js";
import { Toolbar } from "./toolbar.js";

const COUNT_AFTER_MS = 400;

/** @param {string} selector @returns {HTMLElement} */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/** @implements {Desk} @typedef {import("./writer.js").Desk} Desk */
export class Page {
  keys = KEYS;
  nonce;
  #shared;
  #wire;
  #presence;
  #announcer;
  #commands;
  #notices = new Notices(one("[data-notices]"));
  #plan;
  #sheet;
  #sources;
  #flags;
  #remarks;
  #acts;
  #toolbar;
  #wasWritable;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {{shared: import("../lib/minutes/shared-text.js").SharedText, wire: import("../lib/minutes/wire.js").TextWire,
   *   presence: import("../lib/minutes/presence.js").Presence, announcer: import("../lib/announce.js").Announcer,
   *   socket: import("../lib/minutes/wire.js").SocketLike, address: string, nonce: string}} parts
   */
  constructor({ shared, wire, presence, announcer, socket, address, nonce }) {
    this.nonce = nonce;
    this.#shared = shared;
    this.#wire = wire;
    this.#presence = presence;
    this.#announcer = announcer;
    this.#wasWritable = wire.writable;
    this.#commands = new Commands({
      writer: () => this.#sheet.writer, writable: () => this.writable, undo: () => shared.undo(), redo: () => shared.redo(),
      openPanel: () => this.#openPanel(), remark: () => this.#remarks?.compose(), toolbar: () => one("[data-toolbar] button[tabindex='0']").focus(), say: (sentence) => this.#say(sentence),
    });
    this.#flags = new Flags(one("[data-flags]"), address, (flag) => this.#goToFlag(flag));
    this.#sources = new Sources(one("[data-panel]"), { shared, address, cite: (ref) => this.#cite(ref), leave: () => this.#leavePanel() });
    const panel = /** @type {HTMLElement | null} */ (document.querySelector("[data-remarks]")); // for those who write
    this.#remarks = panel && new RemarkActs(panel, { shared, wire, socket, sheet: () => this.#sheet, address, say: (sentence) => this.#say(sentence), alert: (sentence) => this.#alert(sentence) });
    this.#sheet = new Sheet(one("[data-sheet]"), { shared, presence, desk: this, nameOf: (client) => this.#flags.writers.get(client) ?? "" });
    this.#plan = new Plan(document, (key) => this.go(key));
    this.#acts = new SectionActs(shared, { writable: () => this.writable, go: (key) => this.go(key), say: (sentence) => this.#say(sentence), alert: (sentence) => this.#alert(sentence) });
    this.#plan.moved = (key, after) => {
      if (this.writable) this.#acts.move(key, after);
      this.#later();
    };
    this.#toolbar = new Toolbar(one("[data-toolbar]"), { act: (name) => this.act(name), leave: () => this.#sheet.writer?.focus() });
    this.#listen();
    this.#writableNow(true);
  }

  get writable() {
    return this.#wire.writable;
  }

  get sheet() {
    return this.#sheet;
  }

  get acts() {
    return this.#acts;
  }

  /** @param {string} name */
  act(name) {
    this.#commands.act(name);
  }

  /** @param {string} ref */
  statusOf(ref) {
    return this.#sources.statusOf(ref);
  }

  /** @param {string} key */
  flagsOf(key) {
    return this.#flags.of(key);
  }

  /** @param {number} at */
  editTable(at) {
    if (this.#sheet.writer) this.#commands.editTable(this.#sheet.writer, at);
  }

  /** @param {string} ref */
  openSource(ref) {
    showSide("sources");
    this.#sources.open(ref);
  }

  /** @param {string} key */
  remarksOf(key) {
    return this.#remarks?.of(key) ?? [];
  }

  /** @param {string} key @param {number} from @param {number} to */
  remark(key, from, to) {
    this.#remarks?.composeOn(key, from, to);
  }

  /** @param {string} key @param {number} at */
  openRemark(key, at) {
    return this.#remarks?.open(key, at) ?? false;
  }

  /** @param {string} key */
  entered(key) {
    this.#sheet.entered(key);
  }

  /** @param {string} key */
  left(key) {
    this.#sheet.showPeople(key);
  }

  /** @param {string} key */
  moved(key) {
    this.#sheet.moved(key);
  }

  step() {
    this.#shared.undoing.stopCapturing();
  }

  refused() {
    this.#alert(word("block_locked"));
    this.#notices.show("block", word("block_locked"));
  }

  freed() {
    this.#notices.hide("block");
    this.#say(word("block_is_yours"));
  }

  /** @param {string} key */
  go(key) {
    this.#sheet.go(key);
    this.#plan.at(key);
  }

  /** « Qui est ici ? » */
  sayWhoIsHere() {
    const sentence = whoIsHere(this.#presence.others, (key) => this.#shared.section(key)?.number ?? "");
    this.#say(sentence);
    this.#notices.show("people", sentence);
  }

  #listen() {
    listenToChoice();
    this.#acts.listen(one("[data-sheet]"));
    this.#sheet.addEventListener("change", () => this.#later());
    this.#sheet.addEventListener("place", (event) => this.#plan.at(/** @type {CustomEvent} */ (event).detail.key));
    this.#presence.addEventListener("change", () => drawPeople(this.#presence.others, one("[data-people]")));
    this.#shared.addEventListener("removed", (event) => this.#lost(/** @type {CustomEvent} */ (event).detail));
    this.#shared.undoing.on("stack-item-popped", ({ changedParentTypes }) => this.#showChange(changedParentTypes));
    this.#flags.addEventListener("change", (event) => {
      if (/** @type {CustomEvent} */ (event).detail.flags) this.#sheet.redraw();
      this.#sheet.forgetWriters();
    });
    this.#wire.addEventListener("change", () => this.#writableNow());
    this.#wire.addEventListener("welcome", () => {
      if (this.#wire.welcome?.awareness) this.#presence.hear(this.#wire.welcome.awareness);
      this.#presence.welcome();
      void this.#flags.fetch();
      void this.#sources.follow(() => this.#sheet.redraw());
    });
    this.#wire.addEventListener("flags", () => this.#fetchSources());
    one("[data-sheet]").addEventListener("click", (event) => {
      const chip = /** @type {HTMLElement} */ (event.target).closest(".citation");
      if (chip) this.openSource(/** @type {HTMLElement} */ (chip).dataset.ref ?? "");
    });
    one("[data-close-panel]").addEventListener("click", () => this.#leavePanel());
  }

  #later() {
    this.#plan.draw(this.#shared.sections);
    this.#showTitle(this.#shared.title);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sources.count();
      this.#remarks?.arrange();
      this.#flags.soon();
    }, COUNT_AFTER_MS);
  }

  /** @param {string} title as the text says it; an empty one leaves what the page came with */
  #showTitle(title) {
    if (!title) return;
    for (const place of document.querySelectorAll("[data-document-title]")) place.textContent = title;
    document.title = `${title} · Atelier`;
  }

  /** @param {boolean} [first] */
  #writableNow(first = false) {
    if (!this.#wire.online) this.#presence.forgetOthers();
    if (this.writable === this.#wasWritable && !first) return;
    this.#wasWritable = this.writable;
    this.#sheet.setWritable(this.writable);
    this.#toolbar.setWritable(this.writable);
    document.body.dataset.writable = this.writable ? "yes" : "no";
    if (this.writable || !this.#wire.why) this.#notices.hide("reading");
    else this.#notices.show("reading", this.#wire.why, this.#wire.dirty ? [{ label: "copy_text", act: () => this.#copy() }] : []);
  }

  async #copy() {
    this.#say(await copyText(this.#shared.sections.map(({ number, heading, body }) => `${number} ${heading}`.trim() + `\n\n${body}`).join("\n\n")));
  }

  /** @param {string} ref */
  #cite(ref) {
    if (!this.#commands.cite(ref)) return;
    this.#say(word("cited_now", { ref, number: this.#shared.section(this.#sheet.place)?.number || "" }));
    this.#sources.count();
    if (matchMedia(NARROW).matches) this.#leavePanel();
  }

  #openPanel() {
    showSide("sources");
    if (matchMedia(NARROW).matches) requestAnimationFrame(() => this.#sheet.writer?.reveal());
    this.#sources.focus(matchMedia(NARROW).matches);
  }

  #leavePanel() {
    leaveSide();
    this.#sheet.writer?.focus();
  }

  async #fetchSources() {
    void this.#flags.fetch();
    try {
      await this.#sources.fetch();
      this.#sheet.redraw();
    } catch {
      // no network: with the next signal
    }
  }

  /** @param {{key: string, heading: string, body: string}} section words that another person took away with their section */
  #lost({ key, heading, body }) {
    const restore = () => {
      this.#shared.add(this.#shared.sections.filter(({ annex }) => !annex).at(-1)?.key ?? "", { heading, body });
      this.#notices.hide(`lost-${key}`);
    };
    this.#notices.show(`lost-${key}`, word("section_removed", { heading }), [{ label: "restore_section", act: restore }]);
  }

  /** @param {{section: string, sentence: string}} flag */
  #goToFlag({ section, sentence }) {
    this.go(section);
    const writer = this.#sheet.writer;
    const at = writer?.selected.text.indexOf(sentence) ?? -1;
    if (at >= 0) writer?.select(at + sentence.length);
  }

  /** What « Annuler » changed is shown. @param {Map<unknown, unknown>} changed */
  #showChange(changed) {
    const section = this.#shared.sections.find(({ body }) => changed.has(body));
    if (section && section.key !== this.#sheet.place) this.go(section.key);
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.#announcer.polite(sentence);
  }

  /** @param {string} sentence */
  #alert(sentence) {
    this.#announcer.alert(sentence);
    if (sentence !== word("block_locked")) this.#notices.show("alert", sentence);
  }
}
