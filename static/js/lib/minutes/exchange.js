/**
 * The two questions of `/minutes`, and how long one waits: `open` brings what this replica lacks and says what the server
 * has; `update` gives what is typed. What is long goes in parts, both ways.
 */
import { newId } from "../delivery.js";
import { encodeStateVector } from "../yjs.js";
import { inParts, joined } from "./parts.js";

const OPEN_TIMEOUT_MS = 8_000;
export const PROBE_TIMEOUT_MS = 4_000; // after sleep a socket may believe itself connected
const UPDATE_TIMEOUT_MS = 8_000;

/** @typedef {{ok: boolean, code?: string, message?: string, [more: string]: any}} Answer */

export class Exchange {
  #socket;
  #document;
  #doc;

  /**
   * @param {import("./wire.js").SocketLike} socket
   * @param {number} document
   * @param {import("yjs").Doc} doc
   */
  constructor(socket, document, doc) {
    this.#socket = socket;
    this.#document = document;
    this.#doc = doc;
  }

  /** @param {boolean} probe @returns {Promise<Answer>} with the whole `update` */
  async open(probe) {
    const asked = { document: this.#document, client: this.#doc.clientID, vector: encodeStateVector(this.#doc), locale: globalThis.document?.documentElement.lang || "fr" };
    const answer = await this.#ask("open", asked, probe ? PROBE_TIMEOUT_MS : OPEN_TIMEOUT_MS);
    if (!answer.ok) return answer;
    const pieces = [answer.update];
    while (pieces.length < (answer.parts ?? 1)) {
      const more = await this.#ask("part", { part: pieces.length + 1 }, OPEN_TIMEOUT_MS);
      if (!more.ok) throw new Error("part");
      pieces.push(more.update);
    }
    return { ...answer, update: joined(pieces) };
  }

  /** @param {Uint8Array} update @returns {Promise<Answer>} to its last part, or the first refusal */
  async deliver(update) {
    const { clientID: client, store } = this.#doc;
    const last = store.clients.get(client)?.at(-1);
    const whole = { id: newId(), client, clock: last ? last.id.clock + last.length : 0 };
    const parts = inParts(update);
    /** @type {Answer} */
    let answer = { ok: false, code: "fault" };
    for (const [at, piece] of parts.entries()) {
      const many = parts.length > 1 ? { part: at + 1, parts: parts.length } : {};
      answer = await this.#ask("update", { ...whole, ...many, update: piece }, UPDATE_TIMEOUT_MS);
      if (!answer.ok) break;
    }
    return answer;
  }

  /** @param {string} name @param {object} payload @param {number} patience @returns {Promise<Answer>} */
  #ask(name, payload, patience) {
    return this.#socket.timeout(patience).emitWithAck(name, payload);
  }
}
