/** The sentences that a page carries for its scripts, in its language: `<script type="application/json" id="words">{…}</script>`. */

/** @type {Record<string, string> | null} */
let page = null;

/** @returns {Record<string, string>} key → sentence, with `{name}` where something is filled in */
export function pageWords() {
  return (page ??= fromPage());
}

/** @returns {Record<string, string>} */
function fromPage() {
  try {
    return JSON.parse(globalThis.document?.getElementById("words")?.textContent || "{}");
  } catch {
    return {};
  }
}

/**
 * @param {string} sentence
 * @param {Record<string, string | number>} params
 */
export const filled = (sentence, params) => sentence.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
