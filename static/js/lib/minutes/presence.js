/**
 * Who is here and where they write. Carets are relative positions, so that they follow their words; the server says who is
 * who. Nothing of it is kept.
 *
 * Events: `change`.
 */
import {
  Awareness, applyAwarenessUpdate, createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON,
  createRelativePositionFromTypeIndex, encodeAwarenessUpdate, relativePositionToJSON, removeAwarenessStates,
} from "../yjs.js";

const SAY_EVERY_MS = 200;
const COLOURS = 6; // classes `is-person-0` … in the sheets
const WRITING_MS = 60_000;

/**
 * @typedef {{client: number, person: string, name: string, colour: number, section: string, writing: boolean}} Person
 * @typedef {{client: number, name: string, colour: number, anchor: number, head: number}} Caret
 */

export class Presence extends EventTarget {
  #awareness;
  #doc;
  #socket;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #where = "";

  /** @param {import("./wire.js").SocketLike} socket @param {import("yjs").Doc} doc */
  constructor(socket, doc) {
    super();
    this.#doc = doc;
    this.#socket = socket;
    this.#awareness = new Awareness(doc);
    this.#awareness.setLocalState({ cursor: null });
    this.#awareness.on("update", (/** @type {{updated: number[]}} */ _changes, /** @type {unknown} */ origin) => origin === "local" && this.#later());
    this.#awareness.on("change", () => this.dispatchEvent(new CustomEvent("change")));
    socket.on("awareness", ({ update }) => this.hear(update));
  }

  /** @param {Uint8Array | ArrayBuffer | undefined} update */
  hear(update) {
    const bytes = update instanceof Uint8Array ? update : new Uint8Array(update ?? []);
    if (bytes.length > 1) applyAwarenessUpdate(this.#awareness, bytes, "server");
  }

  /** The server has let us in: say where we are. */
  welcome() {
    this.#later();
  }

  close() {
    this.#awareness.destroy();
  }

  /** Without network nobody is known to be there. */
  forgetOthers() {
    const others = [...this.#awareness.getStates().keys()].filter((client) => client !== this.#awareness.clientID);
    removeAwarenessStates(this.#awareness, others, "server");
  }

  /**
   * @param {string} section
   * @param {import("yjs").Text} text
   * @param {number} anchor
   * @param {number} head
   */
  at(section, text, anchor, head) {
    const place = (/** @type {number} */ index) => relativePositionToJSON(createRelativePositionFromTypeIndex(text, index));
    const cursor = { section, anchor: place(anchor), head: place(head) };
    const where = JSON.stringify(cursor);
    if (where === this.#where) return;
    this.#where = where;
    this.#awareness.setLocalStateField("cursor", { ...cursor, at: Date.now() });
  }

  /** @returns {Person[]} the others, one line per person */
  get others() {
    /** @type {Map<string, Person>} */
    const people = new Map();
    for (const [client, state] of this.#awareness.getStates()) {
      if (client === this.#awareness.clientID || !state.user?.name) continue;
      const { person, name } = state.user;
      const writing = Date.now() - (this.#awareness.meta.get(client)?.lastUpdated ?? 0) < WRITING_MS;
      people.set(person, { client, person, name, colour: colourOf(person), section: state.cursor?.section ?? "", writing });
    }
    return [...people.values()].sort((a, b) => a.name.localeCompare(b.name, "fr"));
  }

  /** @param {string} section @returns {Caret[]} */
  caretsIn(section) {
    return [...this.#awareness.getStates()].flatMap(([client, { user, cursor }]) => {
      if (client === this.#awareness.clientID || cursor?.section !== section || !user?.name) return [];
      const [anchor, head] = [this.#index(cursor.anchor), this.#index(cursor.head)];
      return anchor === null || head === null ? [] : [{ client, name: user.name, colour: colourOf(user.person), anchor, head }];
    });
  }

  /** @param {unknown} place @returns {number | null} */
  #index(place) {
    try {
      return createAbsolutePositionFromRelativePosition(createRelativePositionFromJSON(place), this.#doc)?.index ?? null;
    } catch {
      return null; // a place in a text we do not have yet
    }
  }

  #later() {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#socket.connected) this.#socket.emit("awareness", { update: encodeAwarenessUpdate(this.#awareness, [this.#awareness.clientID]) });
    }, SAY_EVERY_MS);
  }
}

/** The same person has the same colour on every screen. @param {string} person @returns {number} */
export function colourOf(person) {
  let sum = 0;
  for (const sign of person) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  return sum % COLOURS;
}
