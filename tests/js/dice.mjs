/** Mulberry32: a small generator that gives the same throws for the same seed. @param {number} seed */
export function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** @param {number} share */
    chance: (share) => next() < share,
    /** @param {number} count */
    below: (count) => Math.floor(next() * count),
    /** @template T @param {T[]} list @returns {T} */
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}

/** Lets pending promises run; setImmediate is not among the mocked timers. */
export async function settle(turns = 12) {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done));
}
