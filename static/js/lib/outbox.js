/**
 * What people send, kept until the server has answered: nothing acknowledged is lost, nothing is counted twice.
 *
 * An entry is stored before it leaves, sent in order and one at a time, sent again by itself until an answer comes; its
 * `id` makes repeats harmless. `ok` removes it; a refusal keeps it with the server's sentence; `busy` waits and tries
 * again. Two tabs share the store: a Web Lock gives the turn to one of them where the browser has locks (HTTPS), and
 * elsewhere, or when the other tab sleeps with the turn, the same entry leaves twice under one id.
 *
 * Events: `change`; `settled` {entry, answer}; `emptied` {entries} when what had waited for the network is all gone.
 */
import { newId } from "./delivery.js";
import { oneTabAtATime } from "./turn.js";
import { NotSent } from "./wire.js";

const RETRY_FIRST_MS = 500;
export const RETRY_MAX_MS = 10_000;
const RETRY_JITTER = 0.5;
const RECEIPT_MS = 4_000; // the server's own list takes over within a tick
const TRY_AGAIN = new Set(["busy", "frozen", "storage", "rate_limited", "fault"]);
const FAULTS_BEFORE_REFUSAL = 6; // an act the server cannot digest must not hold back those behind it

/**
 * @typedef {import("./wire.js").Answer} Answer
 * @typedef {{id: string, session: string, name: string, data: Record<string, unknown>, order: number, createdAt: number,
 *   state: "waiting" | "sent" | "refused" | "received", label: string, form: string, fields: Record<string, unknown>,
 *   code?: string, message?: string, receivedAt?: unknown}} Entry
 *   `sent` = left this device, answer unknown; `form` and `fields` = where the words came from, to put them back
 * @typedef {{all: (session: string) => Promise<Entry[]>, put: (entry: Entry) => Promise<void>,
 *   remove: (id: string) => Promise<void>, durable: boolean}} Store
 * @typedef {(act: {id: string, name: string, data: object}) => Promise<Answer>} Deliver
 * @typedef {{postMessage: (message: any) => void, onmessage: ((event: MessageEvent) => void) | null}} Channel
 */

export class Outbox extends EventTarget {
  /** @type {Entry[]} in the order of sending; refused ones stay, received ones for the time of a glance */
  entries = [];
  #store;
  #deliver;
  #session;
  #turn;
  /** @type {Channel | null} */
  #channel;
  /** @type {Map<string, Entry>} kept in memory only: the store refused them */
  #loose = new Map();
  /** @type {Map<string, Entry>} */
  #received = new Map();
  /** @type {Map<string, (answer: Answer) => void>} */
  #waiting = new Map();
  /** @type {Entry[]} */
  #late = [];
  /** The order of the newest entry: what is being stored is not yet in what was read. */
  #last = 0;
  #paused = false;
  #running = false;
  #again = false;
  #failures = 0;
  /** @type {Map<string, number>} */
  #faults = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {{store: Store, deliver: Deliver, session: string, channel?: Channel | null, turn?: typeof oneTabAtATime}} parts
   */
  constructor({ store, deliver, session, channel = null, turn = oneTabAtATime }) {
    super();
    this.#store = store;
    this.#deliver = deliver;
    this.#session = session;
    this.#turn = turn;
    this.#channel = channel;
    if (channel) channel.onmessage = ({ data }) => this.#hearOtherTab(data);
  }

  /** Takes up what an earlier page left. */
  async open() {
    await this.#read();
    this.#late = this.entries.filter((entry) => entry.state !== "refused");
    this.nudge();
  }

  get paused() {
    return this.#paused;
  }

  /** Entries that still have to leave. */
  get pending() {
    return this.entries.filter((entry) => entry.state === "waiting" || entry.state === "sent");
  }

  /** Tries in a row without an answer. */
  get failures() {
    return this.#failures;
  }

  /**
   * @param {{name: string, data: Record<string, unknown>, label?: string, form?: string, fields?: Record<string, unknown>}} act
   * @returns {Promise<{entry: Entry, durable: boolean, settled: Promise<Answer>}>} durable = a reload would find it
   */
  async add({ name, data, label = "", form = "", fields = {} }) {
    this.#last += 1;
    /** @type {Entry} */
    const entry = { id: newId(), session: this.#session, name, data, order: this.#last, createdAt: Date.now(), state: "waiting", label, form, fields };
    /** @type {Promise<Answer>} */
    const settled = new Promise((done) => this.#waiting.set(entry.id, done));
    const stored = await this.#put(entry);
    this.#channel?.postMessage({ kind: "change" });
    await this.#read();
    this.nudge();
    return { entry, durable: stored && this.#store.durable, settled };
  }

  /**
   * Takes an entry back, if it cannot have reached the server.
   * @param {string} id
   * @returns {Promise<Entry | null>} null when it has left meanwhile
   */
  async takeBack(id) {
    const entry = (await this.#read()).find((one) => one.id === id);
    if (!entry || entry.state === "sent" || entry.state === "received") return null;
    await this.#remove(entry);
    this.#channel?.postMessage({ kind: "change" });
    await this.#read();
    return entry;
  }

  /** @param {boolean} paused while the séance is frozen nothing leaves (D-20) */
  pause(paused) {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#changed();
    this.nudge();
  }

  /** Tries now: the network is back, or there is something new. */
  nudge() {
    clearTimeout(this.#timer);
    this.#again = true;
    if (!this.#running) void this.#run();
  }

  /** The person's own list has arrived: receipts are there from now on. */
  forgetReceipts() {
    if (this.#received.size === 0) return;
    this.#received.clear();
    void this.#read();
  }

  async #run() {
    this.#running = true;
    try {
      while (this.#again && !this.#paused) {
        this.#again = false;
        await this.#turn(this.#session, () => this.#sendAll());
      }
    } finally {
      this.#running = false;
    }
  }

  async #sendAll() {
    while (!this.#paused) {
      const entry = (await this.#read()).find(({ state }) => state === "waiting" || state === "sent");
      if (!entry) return this.#emptied();
      const answer = await this.#attempt(entry);
      if (!answer) return this.#later();
      this.#failures = 0;
      await this.#settle(entry, answer);
    }
  }

  /**
   * @param {Entry} entry
   * @returns {Promise<Answer | null>} null when it is to be tried again
   */
  async #attempt(entry) {
    await this.#put({ ...entry, state: "sent" });
    try {
      const answer = await this.#deliver(entry);
      if (!this.#isForLater(entry, answer)) return answer;
      await this.#put({ ...entry, state: "waiting" });
    } catch (error) {
      if (error instanceof NotSent) await this.#put(entry);
    }
    return null;
  }

  /**
   * @param {Entry} entry
   * @param {Answer} answer
   */
  #isForLater({ id }, answer) {
    if (answer.ok || !TRY_AGAIN.has(answer.code)) return false;
    if (answer.code !== "fault") return true;
    const faults = (this.#faults.get(id) ?? 0) + 1;
    this.#faults.set(id, faults);
    return faults < FAULTS_BEFORE_REFUSAL;
  }

  async #later() {
    await this.#read();
    const known = new Set(this.#late.map(({ id }) => id));
    this.#late.push(...this.pending.filter(({ id }) => !known.has(id)));
    const pause = this.#pause();
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.nudge(), pause * (1 + (Math.random() - 0.5) * RETRY_JITTER));
  }

  #pause() {
    return Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** this.#failures);
  }

  /**
   * @param {Entry} entry
   * @param {Answer} answer
   */
  async #settle(entry, answer) {
    if (answer.ok) {
      await this.#remove(entry);
      this.#received.set(entry.id, { ...entry, state: "received", receivedAt: answer.at ?? null });
      setTimeout(() => this.#received.delete(entry.id) && this.#read(), RECEIPT_MS);
    } else {
      await this.#put({ ...entry, state: "refused", code: answer.code, message: answer.message ?? "" });
      this.#late = this.#late.filter(({ id }) => id !== entry.id);
    }
    await this.#read();
    this.#channel?.postMessage({ kind: "settled", id: entry.id, answer });
    this.#tell(entry, answer);
  }

  /**
   * @param {Entry} entry
   * @param {Answer} answer
   */
  #tell(entry, answer) {
    this.dispatchEvent(new CustomEvent("settled", { detail: { entry, answer } }));
    this.#waiting.get(entry.id)?.(answer);
    this.#waiting.delete(entry.id);
  }

  /** @param {{kind: "change"} | {kind: "settled", id: string, answer: Answer}} message */
  async #hearOtherTab(message) {
    const entry = message.kind === "settled" && this.entries.find(({ id }) => id === message.id);
    await this.#read();
    if (entry) this.#tell(entry, message.answer);
  }

  #emptied() {
    if (this.#late.length === 0) return;
    const entries = this.#late;
    this.#late = [];
    this.dispatchEvent(new CustomEvent("emptied", { detail: { entries } }));
  }

  async #read() {
    const stored = await this.#store.all(this.#session).catch(() => []);
    const known = new Map([...stored.map((entry) => /** @type {const} */ ([entry.id, entry])), ...this.#loose, ...this.#received]);
    this.entries = [...known.values()].sort((a, b) => a.order - b.order || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    this.#last = Math.max(this.#last, ...this.entries.map(({ order }) => order));
    this.#changed();
    return this.entries;
  }

  /**
   * @param {Entry} entry
   * @returns {Promise<boolean>} false when it is kept in memory only
   */
  async #put(entry) {
    try {
      await this.#store.put(entry);
      this.#loose.delete(entry.id);
      return true;
    } catch {
      this.#loose.set(entry.id, entry);
      return false;
    }
  }

  /** @param {Entry} entry */
  async #remove(entry) {
    this.#loose.delete(entry.id);
    await this.#store.remove(entry.id).catch(() => {}); // sent once more after a reload, counted once all the same
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
