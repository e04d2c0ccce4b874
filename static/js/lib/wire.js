/**
 * The conversation with the server on `/live` (docs/protocol.md): `join`, `act`, and what comes: `patch`, `me`, `closed`.
 * It reconnects for ever, resumes when the page wakes up, and asks for the whole surface when a patch is missing.
 *
 * Events: `surface` {html}, `ops` {ops}, `me` {me}, `closed` {…}, `state` {state}. States: `connecting` (first try),
 * `online` (joined), `offline`, `refused` (the server answered no to `join`; `refusal` says why).
 */
import { setServerTime } from "./clock.js";
import { Follower } from "./sequence.js";

const JOIN_TIMEOUT_MS = 8_000;
const PROBE_TIMEOUT_MS = 4_000; // after sleep a socket may believe itself connected
const ACT_TIMEOUT_MS = 8_000;
const RESYNC_JITTER_MS = 400;
const SETTLED_MS = 5_000; // a page hidden for less needs no probe
const REJOIN_MS = 5_000; // after a refused join, or a server that hung up; doubled at random

/**
 * @typedef {{ok: true, seq?: number, at?: string | number} | {ok: false, code: string, message?: string, field?: string}} Answer
 * @typedef {"connecting" | "online" | "offline" | "refused"} State
 * @typedef {{connected: boolean, active: boolean, on: (name: string, act: (...got: any[]) => void) => unknown,
 *   connect: () => unknown, disconnect: () => unknown,
 *   timeout: (ms: number) => {emitWithAck: (name: string, payload: object) => Promise<any>}}} SocketLike
 */

/** Nothing left this device: the act may still be changed or thrown away. */
export class NotSent extends Error {}

export class Wire extends EventTarget {
  /** @type {State} */
  state = "connecting";
  /** @type {{code: string, message?: string} | null} */
  refusal = null;
  /** When the last conversation ended (phone time, ms); null while it lasts. @type {number | null} */
  lostAt = Date.now();
  /** Whether the server was heard, even to fail: the network is not to blame. */
  reached = false;
  #socket;
  #page;
  #follower;
  #closed = false;
  #heardAt = 0;
  #joining = 0;

  /**
   * @param {SocketLike} socket
   * @param {{session: string, surface: string, locale?: string} & import("./sequence.js").Position} page
   */
  constructor(socket, { session, surface, locale = "", head, epoch }) {
    super();
    this.#socket = socket;
    this.#page = { session, surface, locale };
    this.#follower = new Follower({ head, epoch }, {
      apply: (ops) => this.#tell("ops", { ops }),
      resync: () => this.refetch(),
    });
    socket.on("connect", () => this.#join());
    socket.on("disconnect", (reason) => this.#lost(reason));
    socket.on("connect_error", (error) => {
      this.reached = Boolean(error?.context?.status) || !socket.active;
      this.#lost(socket.active ? "" : "rejected");
    });
    socket.on("patch", (patch) => this.#hear(() => this.#follower.take(patch)));
    socket.on("me", (me) => this.#hear(() => this.#tell("me", { me })));
    socket.on("closed", (why) => this.#close(why));
  }

  get position() {
    return { head: this.#follower.head, epoch: this.#follower.epoch };
  }

  open() {
    this.#socket.connect();
    globalThis.addEventListener?.("online", () => this.resume());
    globalThis.addEventListener?.("pageshow", (event) => event.persisted && this.resume());
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden || this.resume());
  }

  /**
   * @param {{id: string, name: string, data: object}} act
   * @returns {Promise<Answer>} rejects with `NotSent`, or with another error when its fate is unknown
   */
  async act({ id, name, data }) {
    if (this.state !== "online" || !this.#socket.connected) throw new NotSent("not joined");
    /** @type {Answer} */
    let answer;
    try {
      answer = await this.#socket.timeout(ACT_TIMEOUT_MS).emitWithAck("act", { id, name, data });
    } catch (error) {
      if (this.#socket.connected) this.#join({ probe: true });
      throw error;
    }
    if (answer.ok || answer.code !== "join_first") return answer;
    this.#join();
    throw new NotSent("join first");
  }

  /** The page wakes up: prove the connection, or make a new one now rather than at the next try. */
  resume() {
    if (this.#closed) return;
    if (!this.#socket.connected) this.#reconnect();
    else if (Date.now() - this.#heardAt > SETTLED_MS) this.#join({ probe: true });
  }

  /** The page could not be patched: begin again from the whole, once. */
  refetch() {
    setTimeout(() => this.#join({ whole: true }), Math.random() * RESYNC_JITTER_MS);
  }

  /** @param {{whole?: boolean, probe?: boolean}} [how] */
  async #join({ whole = false, probe = false } = {}) {
    if (!this.#socket.connected || this.#closed) return;
    const turn = ++this.#joining;
    const askedAt = Date.now();
    const known = whole || this.#follower.head === null ? {} : this.position;
    try {
      const answer = await this.#socket
        .timeout(probe ? PROBE_TIMEOUT_MS : JOIN_TIMEOUT_MS)
        .emitWithAck("join", { ...this.#page, ...known });
      if (turn !== this.#joining) return; // a later question will bring the answer
      setServerTime(answer.now, askedAt);
      if (answer.ok) this.#joined(answer);
      else this.#refused(answer);
    } catch {
      if (this.#socket.connected) this.reached = true;
      // A server that does not answer in time is not helped by a whole hall that calls again at once.
      if (turn === this.#joining) setTimeout(() => turn === this.#joining && this.#reconnect(), probe ? 0 : Math.random() * REJOIN_MS);
    }
  }

  /** @param {{seq: number, epoch: string, html?: string | null, me?: object | null}} answer */
  #joined({ seq, epoch, html, me }) {
    this.#heardAt = Date.now();
    if (html) this.#tell("surface", { html });
    if (me) this.#tell("me", { me });
    this.#follower.settle({ seq, epoch });
    this.refusal = null;
    this.reached = false;
    this.lostAt = null;
    this.#become("online");
  }

  /** @param {{code: string, message?: string}} refusal */
  #refused(refusal) {
    this.refusal = refusal;
    this.reached = true;
    this.lostAt ??= Date.now();
    this.#become("refused");
    setTimeout(() => this.state === "refused" && this.#join(), REJOIN_MS * (1 + Math.random()));
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#joining += 1; // whatever was asked on that connection
    this.#follower.interrupt();
    this.lostAt ??= Date.now();
    this.#become("offline");
    const hungUp = reason === "io server disconnect" || reason === "rejected"; // Socket.IO does not retry these
    if (hungUp && !this.#closed) setTimeout(() => this.#retry(), REJOIN_MS * (1 + Math.random()));
  }

  #retry() {
    if (!this.#closed && !this.#socket.connected && !this.#socket.active) this.#socket.connect();
  }

  #reconnect() {
    this.#socket.disconnect();
    this.#socket.connect();
  }

  /** @param {object} why */
  #close(why) {
    this.#closed = true;
    this.#tell("closed", why ?? {});
    this.#socket.disconnect();
  }

  /** @param {() => void} act */
  #hear(act) {
    this.#heardAt = Date.now();
    act();
  }

  /** @param {State} state */
  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.#tell("state", { state });
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
