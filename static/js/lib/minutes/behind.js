/**
 * What others wrote that a field does not show yet, while somebody composes a word in it. Positions of what is shown are
 * followed to their place in the text, change by change: where both ends of a text changed, no single change says it.
 */
import { moved } from "./change.js";

/** @typedef {import("./change.js").Change} Change */

export class Behind {
  /** Theirs, each in the text as it was before it. @type {Change[][]} */
  #sets = [];

  get isEmpty() {
    return this.#sets.length === 0;
  }

  /** @param {Change[]} changes theirs, in order, apart from each other */
  add(changes) {
    this.#sets.push(changes);
  }

  /** Everything is shown again. */
  clear() {
    this.#sets = [];
  }

  /** @param {number} at in what is shown @returns {number} in the text */
  at(at) {
    return this.#sets.reduce((place, set) => moved(place, set), at);
  }

  /**
   * One's own changes of what is shown. What others put at the same place stays after them.
   * @param {Change[]} changes
   * @returns {Change[]} the same of the text
   */
  put(changes) {
    let own = changes;
    this.#sets = this.#sets.map((set) => {
      const here = own;
      own = here.map(({ from, to, insert }) => ({ from: moved(from, set), to: moved(to, set), insert }));
      return set.map(({ from, to, insert }) => ({ from: past(from, here), to: past(to, here), insert }));
    });
    return own;
  }
}

/** @param {number} position @param {Change[]} changes @returns {number} where it stands after them, what is put just there before it */
function past(position, changes) {
  let shift = 0;
  for (const { from, to, insert } of changes) {
    if (to <= position) shift += insert.length - (to - from);
    else if (from < position) return from + shift + insert.length;
  }
  return position + shift;
}
