/**
 * Where a remark stands in the text. Its place is two relative positions of Yjs, so that it follows its words whatever others
 * write around them; words that were taken away and put back elsewhere are found again by what they say, if they say enough.
 */
import { createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON, createRelativePositionFromTypeIndex, relativePositionToJSON } from "../yjs.js";

const SAYS_ENOUGH = 12; // signs: fewer stand in many places
const OPENING = /^[ \t]*(?:(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[[ xX]\][ \t]+)?/;
const STOP = /[.!?…]+(?:\s?[»”")\]*_])*(?=\s|$)/g;

/**
 * @typedef {{key: string, from: number, to: number}} Place
 * @typedef {{section?: string, anchor?: string, quote?: string}} Kept what the server keeps of a passage
 * @typedef {Pick<import("./shared-text.js").Section, "key" | "body">} Section
 */

/**
 * The words a remark is made on: what is selected, else the sentence of the caret.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @returns {{from: number, to: number} | null} null where there are no words
 */
export function passageAt(text, from, to) {
  const [first, last] = text.slice(from, to).trim() ? [from, to] : sentenceAt(text, from);
  const words = text.slice(first, last);
  const start = first + words.length - words.trimStart().length;
  return words.trim() ? { from: start, to: start + words.trim().length } : null;
}

/** @param {string} text @param {number} at @returns {[number, number]} */
function sentenceAt(text, at) {
  const begin = text.lastIndexOf("\n", at - 1) + 1;
  const end = (text.indexOf("\n", at) + 1 || text.length + 1) - 1;
  const line = text.slice(begin, end);
  if (line.startsWith(":::")) return [at, at];
  let first = OPENING.exec(line)?.[0].length ?? 0;
  for (const stop of line.matchAll(STOP)) {
    const after = stop.index + stop[0].length;
    if (begin + after >= at) return [begin + first, begin + after];
    if (line.slice(after).trim()) first = after;
  }
  return [begin + first, end];
}

/**
 * @param {import("yjs").Text} text
 * @param {number} from
 * @param {number} to
 * @returns {string} what is typed at either edge stays outside
 */
export function anchorOf(text, from, to) {
  return JSON.stringify([createRelativePositionFromTypeIndex(text, from), createRelativePositionFromTypeIndex(text, to, -1)].map(relativePositionToJSON));
}

/**
 * @param {Kept} kept
 * @param {Section[]} sections
 * @param {import("yjs").Doc} doc
 * @returns {Place | null} null when the words are gone
 */
export function placeOf({ section, anchor, quote }, sections, doc) {
  return anchored(anchor, sections, doc) ?? said(quote ?? "", sections.filter(({ key }) => key === section)) ?? said(quote ?? "", sections);
}

/** @param {string | undefined} anchor @param {Section[]} sections @param {import("yjs").Doc} doc @returns {Place | null} */
function anchored(anchor, sections, doc) {
  try {
    const [start, end] = JSON.parse(anchor ?? "").map((/** @type {unknown} */ one) => createAbsolutePositionFromRelativePosition(createRelativePositionFromJSON(one), doc));
    const key = sections.find(({ body }) => body === start.type)?.key;
    return key !== undefined && end.type === start.type && start.index < end.index ? { key, from: start.index, to: end.index } : null;
  } catch {
    return null; // a place in a text that we do not have, or of another version of the app
  }
}

/** @param {string} quote @param {Section[]} sections @returns {Place | null} where it is said, if nowhere else */
function said(quote, sections) {
  if (quote.length < SAYS_ENOUGH) return null;
  const found = sections.flatMap(({ key, body }) => {
    const text = body.toString();
    const from = text.indexOf(quote);
    return from < 0 ? [] : [{ key, from, to: from + quote.length, once: text.indexOf(quote, from + 1) < 0 }];
  });
  if (found.length !== 1 || !found[0].once) return null;
  const { key, from, to } = found[0];
  return { key, from, to };
}

/**
 * In the order of the text; what has no place any more comes last, as it was.
 * @template {{place: Place | null}} T
 * @param {T[]} remarks
 * @param {Section[]} sections
 * @returns {T[]}
 */
export function inTextOrder(remarks, sections) {
  const rank = new Map(sections.map(({ key }, at) => [key, at]));
  const at = (/** @type {T} */ { place }) => (place ? (rank.get(place.key) ?? 0) : Infinity);
  return [...remarks].sort((a, b) => (at(a) === at(b) ? (a.place?.from ?? 0) - (b.place?.from ?? 0) : at(a) - at(b)));
}
