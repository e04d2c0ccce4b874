/** What the editor says: templates/minutes/_editor_words.html, which the page carries in its language. */
import { filled, pageWords } from "../page-words.js";

/**
 * @param {string} key
 * @param {Record<string, string | number>} [params]
 * @returns {string}
 */
export const word = (key, params = {}) => filled(pageWords()[key] ?? key, params);

/** @param {string} key stem of a `_one` / `_many` pair @param {number} count */
export const wordCount = (key, count) => word(`${key}_${count < 2 ? "one" : "many"}`, { count });

/** @param {{key: string, heading: string}} section @returns {string} what it is called, also while nobody has named it (forum/propositions.py) */
export const nameOf = ({ key, heading }) => heading || (key.startsWith("proposition-") ? word("untitled_proposition") : word("untitled_section"));
