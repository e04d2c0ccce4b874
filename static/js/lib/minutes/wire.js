/**
 * The conversation about one document on `/minutes` (docs/protocol.md, « Documents »). What is typed leaves in order, one
 * update at a time, and is « dirty » until the server has acknowledged all of it. After any doubt (reconnection, silence,
 * `resync`) both sides compare their state vectors again: what either lacks is exchanged, nothing is ever replaced.
 *
 * Events: `change` (anything the save line tells), `welcome`, `phase` {…}, `flags`, `closed` {code, message}.
 */
import { milliseconds, setServerTime } from "../clock.js";
import { applyUpdate, decodeUpdate, encodeStateAsUpdate, mergeUpdates } from "../yjs.js";
import { Exchange } from "./exchange.js";

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 10_000;
const REOPEN_MS = 5_000;
const SETTLED_MS = 5_000;
const CONFIRM_MS = 10_000; // another tab's words are its own to send; if it died, they are ours
const GAP_MS = 3_000; // how long a number of the server's may be missing
const LARGEST_CLIENT = 2 ** 31;
const READS_ONLY = new Set(["read_only", "frozen"]);
const FINAL = new Set(["revoked", "not_allowed", "unknown_document", "too_large", "malformed"]);
const SERVER = Symbol("server");
export const DEVICE = Symbol("device");
export const OTHER_TAB = Symbol("other tab");

/**
 * @typedef {{connected: boolean, active: boolean, on: (name: string, act: (...got: any[]) => void) => unknown,
 *   connect: () => unknown, disconnect: () => unknown, emit: (name: string, ...more: any[]) => unknown,
 *   timeout: (ms: number) => {emitWithAck: (name: string, payload: object) => Promise<any>}}} SocketLike
 * @typedef {import("./exchange.js").Answer} Answer
 */

export class TextWire extends EventTarget {
  online = false;
  opened = false;
  writable;
  dirty = false;
  dirtySince = 0;
  failing = false;
  why = "";
  closed = false;
  /** @type {number | null} ms, on the server's clock */
  savedAt = null;
  /** What the server said of us and of the document at the last opening. @type {Answer | null} */
  welcome = null;
  #socket;
  #exchange;
  #doc;
  /** @type {Uint8Array[]} typed, not yet sent */
  #queue = [];
  #sending = false;
  #turn = 0;
  #failures = 0;
  #heardAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #confirm;
  #number = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #gap;

  /**
   * @param {SocketLike} socket
   * @param {{document: number, doc: import("yjs").Doc, writable: boolean, why?: string}} parts `writable`: as the page was drawn
   */
  constructor(socket, { document, doc, writable, why = "" }) {
    super();
    this.#socket = socket;
    this.#exchange = new Exchange(socket, document, doc);
    this.#doc = doc;
    this.writable = writable;
    this.why = why;
    doc.on("update", (/** @type {Uint8Array} */ update, /** @type {unknown} */ origin) => this.#changed(update, origin));
    socket.on("connect", () => this.#open());
    socket.on("disconnect", (reason) => this.#lost(reason));
    socket.on("connect_error", () => this.#lost(socket.active ? "" : "rejected"));
    socket.on("update", (message) => this.#hear(message));
    socket.on("phase", (phase) => this.#phase(phase));
    socket.on("flags", () => this.#tell("flags"));
    socket.on("closed", (why) => this.#close(why ?? {}));
  }

  start() {
    this.#socket.connect();
    globalThis.addEventListener?.("online", () => this.resume());
    globalThis.addEventListener?.("pageshow", (event) => event.persisted && this.resume());
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden || this.resume());
  }

  /** What an earlier page typed here was never acknowledged. */
  takeUp() {
    this.#mark();
    void this.#open();
  }

  /** The page wakes up: prove the connection, or make a new one now rather than at the next try. */
  resume() {
    if (this.closed) return;
    if (!this.#socket.connected) this.#reconnect();
    else if (Date.now() - this.#heardAt > SETTLED_MS) void this.#open(true);
  }

  /** @param {Uint8Array} update @param {unknown} origin */
  #changed(update, origin) {
    if (origin === SERVER || origin === DEVICE) return;
    if (origin === OTHER_TAB && this.online) {
      clearTimeout(this.#confirm);
      this.#confirm = setTimeout(() => this.#open(), CONFIRM_MS);
      return;
    }
    this.#queue.push(update);
    this.#mark();
    void this.#send();
  }

  #mark() {
    if (!this.dirty) this.dirtySince = Date.now();
    this.dirty = true;
    this.#tell("change");
  }

  async #open(probe = false) {
    if (!this.#socket.connected || this.closed) return;
    const turn = ++this.#turn;
    const askedAt = Date.now();
    try {
      const answer = await this.#exchange.open(probe);
      if (turn !== this.#turn) return; // a later question will bring the answer
      setServerTime(answer.now, askedAt);
      if (answer.ok) this.#welcomed(answer);
      else this.#refused(answer);
    } catch {
      if (turn === this.#turn) setTimeout(() => turn === this.#turn && this.#reconnect(), probe ? 0 : Math.random() * REOPEN_MS);
    }
  }

  /** @param {Answer} answer */
  #welcomed(answer) {
    this.#heardAt = Date.now();
    this.welcome = answer;
    this.opened = true;
    this.online = true;
    this.writable = answer.writable !== false;
    this.why = answer.why ?? "";
    this.failing = false;
    this.savedAt = milliseconds(answer.at) ?? this.savedAt;
    this.#number = answer.number ?? 0;
    if (answer.update?.length) applyUpdate(this.#doc, answer.update, SERVER);
    this.#queue = this.#lacking(answer.vector);
    if (this.#queue.length && !this.dirty) this.#mark();
    this.#sending = false;
    this.#tell("welcome");
    this.#tell("change");
    if (this.writable) void this.#send();
  }

  /**
   * What the server lacks. Deletions are in no vector: what was typed without an acknowledgement is sent with all of them.
   * @param {Uint8Array | ArrayBuffer | undefined} vector
   */
  #lacking(vector) {
    const update = encodeStateAsUpdate(this.#doc, vector ? bytes(vector) : undefined);
    return this.dirty || (vector && decodeUpdate(update).structs.length > 0) ? [update] : [];
  }

  async #send() {
    if (this.#sending || !this.online || !this.writable || this.closed || this.#queue.length === 0) return;
    this.#sending = true;
    const turn = this.#turn;
    const update = this.#queue.length > 1 ? mergeUpdates(this.#queue) : this.#queue[0];
    this.#queue = [];
    try {
      const answer = await this.#exchange.deliver(update);
      if (turn !== this.#turn) return;
      this.#sending = false;
      this.#answered(answer, update);
    } catch {
      if (turn === this.#turn) void this.#open(true); // its fate is unknown: compare again
    }
  }

  /** @param {Answer} answer @param {Uint8Array} update */
  #answered(answer, update) {
    this.#heardAt = Date.now();
    if (answer.ok) return this.#acknowledged(answer);
    this.#queue.unshift(update);
    if (answer.code === "resync") return this.#resync(answer);
    if (answer.code === "open_first") return void this.#open();
    if (answer.code === "client_taken" || READS_ONLY.has(answer.code ?? "") || FINAL.has(answer.code ?? "")) return this.#refused(answer);
    this.failing = true;
    this.why = answer.message ?? "";
    this.#later(() => this.#send());
  }

  /** Something before it is missing there: whole again, from what the server says it has. @param {Answer} answer */
  #resync({ vector }) {
    this.#queue = [encodeStateAsUpdate(this.#doc, vector ? bytes(vector) : undefined)];
    this.#later(() => this.#send());
  }

  /** @param {() => unknown} act */
  #later(act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** this.#failures));
    this.#failures += 1;
    this.#tell("change");
  }

  /** @param {Answer} answer */
  #acknowledged({ at, number }) {
    this.#failures = 0;
    this.#count(number);
    this.failing = false;
    this.why = "";
    this.savedAt = milliseconds(at) ?? this.savedAt;
    this.dirty = this.#queue.length > 0;
    this.dirtySince = Date.now();
    this.#tell("change");
    void this.#send();
  }

  /** The server answered no: the text stays where it is, and nothing more can be typed. @param {Answer} answer */
  #refused(answer) {
    this.opened = true;
    if (answer.code === "client_taken") {
      this.#doc.clientID = Math.floor(Math.random() * LARGEST_CLIENT);
      return void this.#open();
    }
    if (READS_ONLY.has(answer.code ?? "")) return this.#phase({ writable: false, why: answer.message });
    if (FINAL.has(answer.code ?? "")) return this.#close(answer);
    this.failing = true;
    this.why = answer.message ?? "";
    this.#later(() => this.#open());
  }

  /** @param {{writable?: boolean, why?: string, phase?: string}} phase */
  #phase(phase) {
    if (phase.writable !== undefined) this.writable = phase.writable;
    this.why = phase.why ?? "";
    this.#tell("phase", phase);
    this.#tell("change");
    if (this.writable) void this.#send();
  }

  /** @param {{code?: string, message?: string}} why */
  #close(why) {
    this.closed = true;
    this.online = false;
    this.writable = false;
    this.why = why.message ?? "";
    this.#tell("closed", why);
    this.#tell("change");
    this.#socket.disconnect();
  }

  /** @param {{update: Uint8Array | ArrayBuffer, number?: number}} message */
  #hear({ update, number }) {
    this.#heardAt = Date.now();
    applyUpdate(this.#doc, bytes(update), SERVER);
    this.#count(number);
    if (this.#doc.store.pendingStructs) void this.#open(); // something before it is missing
  }

  /** Numbers rise by one; one that does not come is asked for. @param {number | undefined} number */
  #count(number) {
    if (number === undefined) return;
    if (number <= this.#number + 1) {
      this.#number = Math.max(this.#number, number);
      return;
    }
    const turn = this.#turn;
    clearTimeout(this.#gap);
    this.#gap = setTimeout(() => turn === this.#turn && this.#open(), GAP_MS);
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#turn += 1;
    this.#sending = false;
    this.online = false;
    this.#tell("change");
    const hungUp = reason === "io server disconnect" || reason === "rejected"; // Socket.IO does not retry these
    if (hungUp && !this.closed) setTimeout(() => this.#socket.connected || this.#socket.active || this.#socket.connect(), REOPEN_MS * (1 + Math.random()));
  }

  #reconnect() {
    this.#socket.disconnect();
    this.#socket.connect();
  }

  /** @param {string} name @param {object} [detail] */
  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {Uint8Array | ArrayBuffer} data */
const bytes = (data) => (data instanceof Uint8Array ? data : new Uint8Array(data));
