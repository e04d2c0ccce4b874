/**
 * `<varied-order items="[data-option]" data-seed="p12">` at the end of what it varies: the same proposals in another order on
 * each phone, always the same on one, each with its number of the projector (D-7: a setting, off by default).
 */

const FNV_START = 2166136261;
const FNV_STEP = 16777619;

/** @param {string} text */
function drawn(text) {
  let mark = FNV_START;
  for (const sign of text) mark = Math.imul(mark ^ (sign.codePointAt(0) ?? 0), FNV_STEP);
  return (mark ^ (mark >>> 15)) >>> 0;
}

export class VariedOrder extends HTMLElement {
  static observedAttributes = ["data-seed"];

  connectedCallback() {
    this.#order();
  }

  attributeChangedCallback() {
    this.#order();
  }

  #order() {
    const seed = this.dataset.seed;
    const items = [...(this.parentElement?.querySelectorAll(this.getAttribute("items") ?? "") ?? [])];
    const list = items[0]?.parentElement;
    if (!seed || !list) return;
    const lots = new Map(items.map((item) => [item, drawn(`${seed} ${item.querySelector("input")?.name} ${item.querySelector("input")?.value}`)]));
    const after = items[items.length - 1]?.nextSibling ?? null;
    for (const item of items.sort((one, other) => (lots.get(one) ?? 0) - (lots.get(other) ?? 0))) list.insertBefore(item, after);
  }
}
