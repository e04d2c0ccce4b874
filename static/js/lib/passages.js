/** From what is drawn to its text and back: a paragraph as one text, citations as MARK, and ranges of it. */
import { MARK, sentenceAt } from "./sentences.js";

const BLOCKS = "p, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6, blockquote, figcaption, label";

/**
 * @typedef {{node: Text, start: number, end: number}} Stretch
 * @typedef {{text: string, stretches: Stretch[], marks: Map<number, HTMLAnchorElement>}} Passage
 */

/** The paragraph, item or cell around a node. @param {Node} node @returns {HTMLElement | null} */
export function blockOf(node) {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(BLOCKS) ?? null;
}

/** What a block says by itself: neither the citations' labels nor the blocks inside it. @param {HTMLElement} block @returns {Passage} */
export function passageOf(block) {
  /** @type {Passage} */
  const passage = { text: "", stretches: [], marks: new Map() };
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
    const element = /** @type {Element} */ (node);
    if (element.matches(".citation")) return NodeFilter.FILTER_ACCEPT;
    return element.matches(`${BLOCKS}, ul, ol, table, svg, .citation-note`) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof HTMLAnchorElement) {
      passage.marks.set(passage.text.length, node);
      passage.text += MARK;
    } else if (node instanceof Text && !node.parentElement?.closest(".citation")) {
      const start = passage.text.length;
      passage.text += node.data;
      passage.stretches.push({ node, start, end: passage.text.length });
    }
  }
  return passage;
}

/**
 * The sentence around a place of a passage, as ranges to show and the citations it bears.
 * @param {Passage} passage
 * @param {number} offset
 */
export function sentenceIn(passage, offset) {
  const { start, end, marks } = sentenceAt(passage.text, offset);
  const ranges = passage.stretches
    .filter((stretch) => stretch.start < end && start < stretch.end)
    .map((stretch) => {
      const range = new Range();
      range.setStart(stretch.node, Math.max(start - stretch.start, 0));
      range.setEnd(stretch.node, Math.min(end, stretch.end) - stretch.start);
      return range;
    });
  return { ranges, citations: marks.flatMap((at) => passage.marks.get(at) ?? []) };
}

/** Where a text node's character stands in its passage, or -1. @param {Passage} passage @param {Node} node @param {number} offset */
export function offsetIn(passage, node, offset) {
  const stretch = passage.stretches.find((one) => one.node === node);
  return stretch ? stretch.start + offset : -1;
}
