/**
 * The shared text of one document: a `Y.Map` of sections, each with its place, its heading and one `Y.Text` of Markdown,
 * as atelier/minutes/document.py lays it out. What a person does bears a `LocalEdit` as origin: only that is undone.
 *
 * Events: `sections` (one was added, removed, moved, renamed), `text` {key}, `removed` {key, heading, body}: another person
 * took away a section in which there were words.
 */
import { Doc, Map as YMap, Text as YText, UndoManager } from "../yjs.js";
import { between, inOrder } from "./order.js";

const CAPTURE_MS = 700; // what is typed within that time is undone together
const KEY_LENGTH = 8;

/**
 * @typedef {{key: string, order: string, level: number, heading: string, required: boolean, hint: string, annex: boolean,
 *   number: string, body: import("yjs").Text}} Section
 */

/** Who made a change: one of our own views. */
export class LocalEdit {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }
}

export class SharedText extends EventTarget {
  doc = new Doc();
  undoing;
  #sections;
  #meta;
  #origin = new LocalEdit("sections");
  /** @type {Map<string, {heading: string, body: string}>} what a section said last, for whoever loses it */
  #last = new Map();
  #random;

  /** @param {() => number} [random] */
  constructor(random = Math.random) {
    super();
    this.#random = random;
    this.#sections = /** @type {import("yjs").Map<import("yjs").Map<any>>} */ (this.doc.getMap("sections"));
    this.#meta = this.doc.getMap("meta");
    this.undoing = new UndoManager([this.#sections, this.#meta], { captureTimeout: CAPTURE_MS, trackedOrigins: new Set([LocalEdit]) });
    this.#sections.observeDeep((events, transaction) => this.#heard(events, transaction));
    this.#meta.observe(() => this.#tell("sections"));
  }

  get title() {
    return String(this.#meta.get("title") ?? "");
  }

  set title(title) {
    this.#edit(() => this.#meta.set("title", title));
  }

  /** @returns {Section[]} in order, annexes last, with the numbers that readers see */
  get sections() {
    const rows = [...this.#sections].flatMap(([key, map]) => (map instanceof YMap && map.get("body") instanceof YText ? [plain(key, map)] : []));
    const sorted = inOrder(rows);
    return numbered([...sorted.filter(({ annex }) => !annex), ...sorted.filter(({ annex }) => annex)]);
  }

  /** @param {string} key */
  section(key) {
    return this.sections.find((section) => section.key === key);
  }

  /**
   * @param {string} after key of the section it follows, "" for the beginning
   * @param {{heading: string, level?: number, body?: string, annex?: boolean}} made
   * @returns {string} its key
   */
  add(after, { heading, level = 2, body = "", annex = false }) {
    const key = this.#newKey();
    this.#edit(() => {
      const map = new YMap();
      this.#sections.set(key, map);
      for (const [name, value] of Object.entries({ order: this.#placeAfter(after), level, heading, required: false, hint: "", annex })) map.set(name, value);
      const text = new YText();
      map.set("body", text);
      if (body) text.insert(0, body);
    });
    return key;
  }

  /** @param {string} key @param {string} heading */
  rename(key, heading) {
    if (this.section(key)?.required === false) this.#edit(() => this.#sections.get(key)?.set("heading", heading));
  }

  /**
   * Moves a section, and with a part everything under it.
   * @param {string} key
   * @param {string} after key of the section it will follow, "" for the beginning
   */
  move(key, after) {
    const group = this.groupOf(key);
    if (group.includes(after)) return;
    this.#edit(() => {
      let last = after;
      for (const one of group) {
        this.#sections.get(one)?.set("order", this.#placeAfter(last, group));
        last = one;
      }
    });
  }

  /** @param {string} key @returns {string[]} a section and what is under it */
  groupOf(key) {
    const { sections } = this;
    const at = sections.findIndex((section) => section.key === key);
    if (at < 0) return [];
    const rest = sections.slice(at + 1);
    const end = sections[at].level === 1 ? rest.findIndex(({ level, annex }) => level === 1 || annex !== sections[at].annex) : 0;
    return [key, ...rest.slice(0, end < 0 ? undefined : end).map((section) => section.key)];
  }

  /** @param {string} key @returns {boolean} false for what the document must have */
  remove(key) {
    if (this.section(key)?.required !== false) return false;
    this.#edit(() => this.#sections.delete(key));
    return true;
  }

  /** @returns {import("yjs").Transaction["origin"] | null} what was undone, to show where */
  undo() {
    return this.undoing.undo();
  }

  redo() {
    return this.undoing.redo();
  }

  /** @param {string} after @param {string[]} [without] sections on the move */
  #placeAfter(after, without = []) {
    const others = this.sections.filter(({ key }) => !without.includes(key) || key === after);
    const at = others.findIndex(({ key }) => key === after);
    const before = others[at]?.order ?? "";
    const next = others.slice(at + 1).find(({ order }) => order > before);
    return between(before, next?.order ?? null, this.#random);
  }

  #newKey() {
    let key = "s-";
    while (key.length < KEY_LENGTH + 2) key += Math.floor(this.#random() * 36).toString(36);
    return key;
  }

  /** @param {() => void} act */
  #edit(act) {
    this.undoing.stopCapturing();
    this.doc.transact(act, this.#origin);
    this.undoing.stopCapturing();
  }

  /** @param {import("yjs").YEvent<any>[]} events @param {import("yjs").Transaction} transaction */
  #heard(events, transaction) {
    const texts = new Set(events.filter(({ target }) => target instanceof YText).map(({ path }) => String(path[0])));
    const lost = events.filter(({ target }) => target === this.#sections).flatMap((event) => [...event.changes.keys].filter(([, { action }]) => action === "delete"));
    const ours = transaction.origin instanceof LocalEdit || transaction.origin instanceof UndoManager;
    const taken = lost.map(([key]) => ({ key, ...this.#last.get(key) }));
    const rearranged = events.some(({ target }) => !(target instanceof YText));
    for (const { key, heading, body } of this.sections) if (rearranged || texts.has(key)) this.#last.set(key, { heading, body: body.toString() });
    if (rearranged) this.#tell("sections");
    for (const key of texts) this.#tell("text", { key });
    if (!ours) for (const one of taken) if (one.body?.trim()) this.#tell("removed", one);
  }

  /** @param {string} name @param {object} [detail] */
  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {string} key @param {import("yjs").Map<any>} map @returns {Section} */
function plain(key, map) {
  const { order = "", level = 2, heading = "", required = false, hint = "", annex = false } = Object.fromEntries([...map].filter(([name]) => name !== "body"));
  return { key, order: String(order), level: Number(level), heading: String(heading), required: Boolean(required), hint: String(hint), annex: Boolean(annex), number: "", body: map.get("body") };
}

/** @param {Section[]} sections @returns {Section[]} as atelier/minutes/content.py numbers them */
function numbered(sections) {
  let part = 0;
  let under = 0;
  return sections.map((section) => {
    if (section.annex) return section;
    if (section.level === 1) [part, under] = [part + 1, 0];
    else under += 1;
    return { ...section, number: section.level === 1 ? String(part) : part ? `${part}.${under}` : "" };
  });
}
