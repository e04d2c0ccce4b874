/**
 * Sentences of a paragraph as it is drawn, without a DOM: `text` is what is read, each citation in it one MARK.
 */
export const MARK = "\ufffc";

const STOP = /[.!?…]+["”)\]]*(?:[ \u00a0]?»)?(?=\s|\ufffc|$)(?:\s*\ufffc)*/gu;
const ABBREVIATION = /(?:^|\s)(?:M|MM|Mme|Mmes|Dr|p|pp|art|cf|ex|env|av|bd|n|vol|\p{Lu})\.$/u;
const QUOTATION = /«[^«»]*»/gu;

/**
 * The sentence that holds the character at `offset`: from `start` to `end`, and the places of the citations that are its own.
 * A citation after the full stop belongs to what it follows.
 * @param {string} text
 * @param {number} offset
 */
export function sentenceAt(text, offset) {
  const quoted = [...text.matchAll(QUOTATION)].map((found) => [found.index, found.index + found[0].length]);
  let start = 0;
  for (const stop of text.matchAll(STOP)) {
    const end = stop.index + stop[0].length;
    const inside = quoted.some(([from, to]) => from < stop.index && end < to);
    if (inside || /^\s*\p{Ll}/u.test(text.slice(end)) || ABBREVIATION.test(text.slice(start, stop.index + 1))) continue;
    if (offset < end) return bounded(text, start, end);
    start = end;
  }
  return bounded(text, start, text.length);
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function bounded(text, start, end) {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  const marks = [...words.matchAll(/\ufffc/gu)].map((found) => start + found.index);
  const to = start + words.replace(/[\s.\ufffc]+$/u, "").length;
  return { start: from, end: Math.max(from, to), marks };
}
