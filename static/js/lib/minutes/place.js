/** A passage that one is about to change, while others write: it follows its words. */
import { createAbsolutePositionFromRelativePosition, createRelativePositionFromTypeIndex } from "../yjs.js";

/**
 * @param {import("yjs").Text} text
 * @param {number} from
 * @param {number} to
 * @returns {() => {from: number, to: number} | null} where it is now; null once its text left the document
 */
export function hold(text, from, to) {
  const ends = [createRelativePositionFromTypeIndex(text, from), createRelativePositionFromTypeIndex(text, to, -1)];
  return () => {
    const doc = text.doc;
    const [start, end] = ends.map((end) => doc && createAbsolutePositionFromRelativePosition(end, doc));
    if (start?.type !== text || end?.type !== text) return null;
    return { from: Math.min(start.index, end.index), to: end.index }; // where nothing is held, what others put there stays after
  };
}
