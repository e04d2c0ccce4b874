/**
 * Brings one act to the server: over the socket, or by `POST /s/<code>/act` when no socket could be had for a while.
 * Both doors take {id, name, data}, give the same answer, and count the same id once.
 */
import { NotSent } from "./wire.js";

const SOCKET_PATIENCE_MS = 8_000;
const POST_TIMEOUT_MS = 10_000;
const DIRECT_PATIENCE_MS = 5_000;
const DIRECT_PAUSE_MS = 500;
const ID_BYTES = 16;

/**
 * `crypto.randomUUID` exists only over HTTPS; the hall may be plain HTTP (D-23).
 * @returns {string} 32 hexadecimal figures
 */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Delivery {
  #wire;
  #address;
  #fetch;

  /**
   * @param {import("./wire.js").Wire} wire
   * @param {string} address of the HTTP door
   * @param {typeof fetch} [post]
   */
  constructor(wire, address, post = (...request) => fetch(...request)) {
    this.#wire = wire;
    this.#address = address;
    this.#fetch = post;
  }

  /**
   * @param {{id: string, name: string, data: object}} act
   * @returns {Promise<import("./wire.js").Answer>} rejects with `NotSent`, or with another error when its fate is unknown
   */
  async deliver(act) {
    if (this.#wire.state === "online") return this.#wire.act(act);
    const { lostAt } = this.#wire;
    if (lostAt !== null && Date.now() - lostAt > SOCKET_PATIENCE_MS && globalThis.navigator?.onLine !== false) return this.#post(act);
    throw new NotSent("no connection");
  }

  /**
   * For the desk: now or not at all. A « Suivant » must not fire by itself ten minutes later.
   * @param {string} name
   * @param {object} data
   * @param {string} [id]
   * @returns {Promise<import("./wire.js").Answer | null>} null when no answer came
   */
  async direct(name, data, id = newId()) {
    const end = Date.now() + DIRECT_PATIENCE_MS;
    for (;;) {
      try {
        return await this.deliver({ id, name, data });
      } catch {
        if (Date.now() + DIRECT_PAUSE_MS > end) return null;
        await new Promise((done) => setTimeout(done, DIRECT_PAUSE_MS));
      }
    }
  }

  /** @param {{id: string, name: string, data: object}} act */
  async #post({ id, name, data }) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), POST_TIMEOUT_MS);
    try {
      const response = await this.#fetch(this.#address, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ id, name, data }),
        signal: limit.signal,
      });
      const answer = await response.json();
      if (typeof answer?.ok !== "boolean") throw new Error(`unreadable answer (${response.status})`);
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }
}
