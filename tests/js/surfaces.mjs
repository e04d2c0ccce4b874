/** A server's surface in miniature: slots of keyed regions, and the patch between two of them (docs/protocol.md). */

const SLOTS = ["main", "side"];
const KEYS = ["agenda", "question", "C-1", "C-2", "C-3", "C-4", "C-5"];

/** @typedef {{key: string, slot: string, html: string}[]} Regions */

/** @param {string} key @param {string} slot @param {string} words */
export function region(key, slot, words) {
  const inner = `<h2 id="h-${key}">${words}</h2><details><summary>Plus</summary><p>${words}</p></details>`;
  return { key, slot, html: `<section data-region="${key}" data-slot-of="${slot}">${inner}</section>` };
}

/** @param {ReturnType<import("./dice.mjs").dice>} random @returns {Regions} */
export function anySurface(random) {
  const keys = KEYS.filter(() => random.chance(0.6));
  for (let at = keys.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [keys[at], keys[other]] = [keys[other], keys[at]];
  }
  const regions = keys.map((key) => region(key, random.pick(SLOTS), `mots ${random.below(4)}`));
  return SLOTS.flatMap((slot) => regions.filter((one) => one.slot === slot));
}

/** @param {Regions} before @param {Regions} after */
export function difference(before, after) {
  const old = new Map(before.map((one) => [one.key, one]));
  const stays = new Set(after.map(({ key }) => key));
  const order = (/** @type {Regions} */ list) => JSON.stringify(list.map(({ key, slot }) => [slot, key]));
  const moved = order(after.filter(({ key }) => old.has(key))) !== order(before.filter(({ key }) => stays.has(key)));
  const last = new Map();
  const ops = [];
  for (const { key, slot, html } of after) {
    if (moved || old.get(key)?.html !== html) ops.push(["put", key, slot, last.get(slot) ?? null, html]);
    last.set(slot, key);
  }
  return [...ops, ...before.filter(({ key }) => !stays.has(key)).map(({ key }) => ["remove", key])];
}

export const htmlOf = (/** @type {Regions} */ regions) => regions.map(({ html }) => html).join("");
export const emptySlots = SLOTS.map((slot) => `<div data-slot="${slot}"></div>`).join("");

/** A server that ticks: what its audience was last told, and the patches it sent. */
export class Ticker {
  /** @param {string} epoch @param {Regions} regions @param {number} seq */
  constructor(epoch, regions, seq = 0) {
    Object.assign(this, { epoch, regions, seq });
  }

  /** @param {Regions} regions */
  tick(regions) {
    const patch = { epoch: this.epoch, from: this.seq, seq: this.seq + 1, ops: difference(this.regions, regions) };
    this.regions = regions;
    this.seq += 1;
    return patch;
  }

  join() {
    return { epoch: this.epoch, seq: this.seq, html: htmlOf(this.regions) };
  }
}
