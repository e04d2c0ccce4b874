/**
 * What this device keeps of a document, so that nothing typed is lost without network: its updates, and whether some have
 * not been acknowledged by the server. `kept` tells the truth: all that was typed is on the disk. Where the browser
 * refuses to keep anything, the text lives in the page only, and the page says so.
 *
 * Events: `change` when `kept` or `durable` did.
 */
import { openDB } from "../../../vendor/idb.js";
import { mergeUpdates } from "../yjs.js";

const NAME = "atelier-documents";
const VERSION = 1;
const TRIM_AT = 400; // updates of one document, before they become one

/**
 * @typedef {{updates: Uint8Array[], dirty: boolean}} Kept
 * @typedef {{document: string, update: Uint8Array}} Row
 */

/** @returns {Promise<import("idb").IDBPDatabase>} */
const open = () =>
  openDB(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore("updates", { autoIncrement: true }).createIndex("document", "document");
      db.createObjectStore("facts", { keyPath: "document" });
    },
    blocking: (_now, _next, event) => /** @type {IDBDatabase} */ (event.target).close(),
  });

export class Device extends EventTarget {
  /** A reload would find what was typed. */
  durable = true;
  #document;
  /** @type {() => Promise<import("idb").IDBPDatabase>} */
  #open;
  /** @type {import("idb").IDBPDatabase | null} */
  #db = null;
  /** @type {Uint8Array[]} */
  #waiting = [];
  /** @type {boolean | null} */
  #dirty = null;
  #writing = false;
  #rows = 0;

  /** @param {string} document @param {() => Promise<import("idb").IDBPDatabase>} [opening] */
  constructor(document, opening = open) {
    super();
    this.#document = document;
    this.#open = opening;
  }

  /** Everything given so far is on the disk. */
  get kept() {
    return this.durable && !this.#writing && this.#waiting.length === 0;
  }

  /** @returns {Promise<Kept>} what an earlier page left; nothing where the browser refuses */
  async load() {
    try {
      const db = await this.#connected();
      const rows = /** @type {Row[]} */ (await db.getAllFromIndex("updates", "document", this.#document));
      const facts = await db.get("facts", this.#document);
      this.#rows = rows.length;
      return { updates: rows.map(({ update }) => update), dirty: facts?.dirty === true };
    } catch {
      this.#refused();
      return { updates: [], dirty: false };
    }
  }

  /** @param {Uint8Array} update @param {boolean} dirty whether the server still lacks something */
  keep(update, dirty) {
    this.#waiting.push(update);
    this.mark(dirty);
  }

  /** @param {boolean} dirty */
  mark(dirty) {
    this.#dirty = dirty;
    if (!this.#writing && this.durable) void this.#write();
  }

  get isLong() {
    return this.#rows > TRIM_AT;
  }

  /**
   * The whole text in one update instead of many. What another tab adds meanwhile stays.
   * @param {() => Uint8Array} whole
   */
  async trim(whole) {
    this.#rows = 0;
    try {
      const db = await this.#connected();
      const keys = await db.getAllKeysFromIndex("updates", "document", this.#document);
      const rows = /** @type {Row[]} */ (await db.getAllFromIndex("updates", "document", this.#document));
      const update = mergeUpdates([whole(), ...rows.slice(0, keys.length).map((row) => row.update)]);
      const step = db.transaction("updates", "readwrite");
      await step.store.add({ document: this.#document, update });
      for (const key of keys) await step.store.delete(key);
      await step.done;
    } catch {
      // as long as before: nothing is lost
    }
  }

  /** The document is no longer this person's to write: its words leave the device. */
  async forget() {
    try {
      const db = await this.#connected();
      const step = db.transaction(["updates", "facts"], "readwrite");
      for (const key of await step.objectStore("updates").index("document").getAllKeys(this.#document)) await step.objectStore("updates").delete(key);
      await step.objectStore("facts").delete(this.#document);
      await step.done;
    } catch {
      // nothing was kept
    }
  }

  async #write() {
    this.#writing = true;
    try {
      while (this.#waiting.length || this.#dirty !== null) await this.#writeOnce();
    } catch {
      this.#refused();
    } finally {
      this.#writing = false;
      this.#tell();
    }
  }

  async #writeOnce() {
    const updates = this.#waiting.splice(0);
    const dirty = this.#dirty;
    this.#dirty = null;
    try {
      await this.#put(updates, dirty);
    } catch {
      this.#db = null; // phones drop the connection of a page that slept: once more, on a new one
      try {
        await this.#put(updates, dirty);
      } catch (error) {
        this.#waiting.unshift(...updates);
        throw error;
      }
    }
  }

  /** @param {Uint8Array[]} updates @param {boolean | null} dirty */
  async #put(updates, dirty) {
    const db = await this.#connected();
    const step = db.transaction(["updates", "facts"], "readwrite");
    step.done.catch(() => {}); // what was asked of it says so too
    if (updates.length) {
      await step.objectStore("updates").add({ document: this.#document, update: updates.length > 1 ? mergeUpdates(updates) : updates[0] });
      this.#rows += 1;
    }
    if (dirty !== null) await step.objectStore("facts").put({ document: this.#document, dirty });
    await step.done;
  }

  async #connected() {
    return (this.#db ??= await this.#open());
  }

  #refused() {
    this.durable = false;
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
