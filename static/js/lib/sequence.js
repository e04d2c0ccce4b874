/**
 * Which patches to apply, without a DOM. A surface is known by its `epoch` (the server's run) and its `head` (the seq
 * it shows). A patch says `from` which seq it starts and to which `seq` it leads.
 *
 * The answer to a `join` is the truth even when its seq is lower than ours: it is what that process has last sent to
 * our audience, so that its next patch starts exactly there.
 */

/**
 * @typedef {["put", string, string, string | null, string] | ["remove", string]} Op
 * @typedef {{epoch: string, from: number, seq: number, ops: Op[]}} Patch
 * @typedef {{head: number | null, epoch: string | null}} Position
 */

/**
 * @param {number | null} head
 * @param {string | null} epoch
 * @param {Patch} patch
 * @returns {"ignore" | "apply" | "resync"}
 */
export function judge(head, epoch, patch) {
  if (head === null || String(patch.epoch) !== String(epoch)) return "resync";
  if (patch.seq <= head) return "ignore";
  return patch.from <= head ? "apply" : "resync";
}

/** Follows one surface: applies what can be, asks once for the whole when something is missing. */
export class Follower {
  #resyncing = false;
  /** @type {Patch[]} patches that came while the whole was on its way */
  #waiting = [];
  #apply;
  #resync;

  /**
   * @param {Position} position what the page already shows
   * @param {{apply: (ops: Op[]) => void, resync: () => void}} acts
   */
  constructor({ head, epoch }, { apply, resync }) {
    this.head = head;
    this.epoch = epoch;
    this.#apply = apply;
    this.#resync = resync;
  }

  /** @param {Patch} patch */
  take(patch) {
    if (this.#resyncing) {
      this.#waiting.push(patch);
      return;
    }
    const verdict = judge(this.head, this.epoch, patch);
    if (verdict === "apply") {
      this.#apply(patch.ops);
      this.head = patch.seq;
    } else if (verdict === "resync") {
      this.#resyncing = true;
      this.#waiting.push(patch);
      this.#resync();
    }
  }

  /**
   * A `join` was answered and its surface is drawn: go on from there.
   * @param {{seq: number, epoch: string}} answer
   */
  settle({ seq, epoch }) {
    this.head = seq;
    this.epoch = epoch;
    this.#resyncing = false;
    const waiting = this.#waiting.sort((a, b) => a.seq - b.seq);
    this.#waiting = [];
    // One of another epoch is older than the answer: a new run of the server comes with a new connection, hence a new join.
    for (const patch of waiting) if (String(patch.epoch) === String(epoch)) this.take(patch);
  }

  /** The connection fell while the whole was awaited: the next `join` will bring it. */
  interrupt() {
    this.#resyncing = false;
    this.#waiting = [];
  }
}
