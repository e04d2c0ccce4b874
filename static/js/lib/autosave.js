/**
 * Saves a form by itself and never says « enregistré » before the server has: what is typed stands on this device until
 * the answer. No DOM here: the element gives what reads the fields, and what sends them.
 *
 * States: saved, waiting (a change is about to leave), saving, kept (no answer: new try by itself), invalid (a field is
 * to be corrected), conflict (another tab saved since), closed (no more to be changed here), signed_out.
 */

const DELAY_MS = 800;
const RETRY_MS = 10_000;

/** @typedef {Record<string, string[]>} Fields */
/** @typedef {{ok: boolean, code?: string, revision?: number, saved?: string, message?: string, texts?: Record<string, string>,
 *   errors?: Record<string, string[]>, theirs?: {label: string, text: string}[]}} Answer */

export class Autosave extends EventTarget {
  state = "saved";
  /** @type {Answer | null} */
  answer = null;
  #dirty = false;
  #sent = "";
  /** @type {Promise<void> | null} */
  #running = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} parts
   * @param {string} parts.key of the draft on this device
   * @param {() => Fields} parts.read what is typed now
   * @param {() => Promise<Answer>} parts.send rejects when the server does not answer
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} parts.storage
   * @param {number} [parts.delay]
   * @param {number} [parts.retry]
   */
  constructor({ key, read, send, storage, delay = DELAY_MS, retry = RETRY_MS }) {
    super();
    this.key = key;
    this.read = read;
    this.send = send;
    this.storage = storage;
    this.delay = delay;
    this.retry = retry;
  }

  /** What was typed here and never acknowledged, if anything. @returns {Fields | null} */
  draft() {
    try {
      return JSON.parse(this.storage?.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  get pending() {
    return this.#dirty || this.state === "invalid" || this.state === "conflict";
  }

  changed() {
    if (this.state === "saved" && this.#sent === JSON.stringify(this.read())) return; // leaving a field says again what it said
    this.#dirty = true;
    this.#keep();
    if (this.state === "conflict" || this.state === "closed") return;
    this.#become("waiting");
    this.#later(this.delay);
  }

  /** Saves now what waits, and settles when there is an answer. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#dirty && this.state !== "conflict" && this.state !== "closed") this.#running ??= this.#save();
    await this.#running;
    if (this.#dirty && this.state === "waiting") await this.flush();
  }

  /** The person chose between the two versions: theirs is read anew, mine is sent over it. @param {boolean} mine */
  async resolve(mine) {
    if (!mine) {
      this.#forget();
      return this.#become("saved");
    }
    this.#dirty = true;
    this.#become("waiting");
    await this.flush();
  }

  async #save() {
    this.#dirty = false;
    this.#sent = JSON.stringify(this.read());
    this.#become("saving");
    try {
      this.answer = await this.send();
      this.#settle(this.answer);
    } catch {
      this.#dirty = true;
      this.#become("kept");
      this.#later(this.retry);
    } finally {
      this.#running = null;
    }
  }

  /** @param {Answer} answer */
  #settle(answer) {
    const again = this.#dirty;
    if (answer.ok) {
      if (!again) this.#forget();
      this.#become("saved");
    } else {
      const states = { conflict: "conflict", already_open: "closed", signed_out: "signed_out" };
      this.#become(states[/** @type {keyof typeof states} */ (answer.code)] ?? "invalid");
    }
    if (again && (this.state === "saved" || this.state === "invalid")) {
      this.#become("waiting");
      this.#later(this.delay);
    }
  }

  #keep() {
    try {
      this.storage?.setItem(this.key, JSON.stringify(this.read()));
    } catch {
      // A full device: the words are still in the page.
    }
  }

  #forget() {
    this.#dirty = false;
    this.storage?.removeItem(this.key);
  }

  /** @param {number} delay */
  #later(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), delay);
  }

  /** @param {string} state */
  #become(state) {
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}
