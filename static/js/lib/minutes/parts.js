/** Updates longer than a message may be are cut, and put together again on the other side (docs/protocol.md). */

export const PART_BYTES = 48_000;

/** @param {Uint8Array} update @returns {Uint8Array[]} at least one */
export function inParts(update) {
  /** @type {Uint8Array[]} */
  const parts = [];
  for (let at = 0; at < update.length || parts.length === 0; at += PART_BYTES) parts.push(update.slice(at, at + PART_BYTES));
  return parts;
}

/** @param {(Uint8Array | ArrayBuffer)[]} parts @returns {Uint8Array} */
export function joined(parts) {
  const pieces = parts.map((part) => (part instanceof Uint8Array ? part : new Uint8Array(part)));
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
