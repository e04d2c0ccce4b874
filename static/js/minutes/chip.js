/** A citation as a chip: what opens its source. Its state (withdrawn, hidden…) is the panel's. */
import { word } from "../lib/minutes/words.js";

const SAID = /** @type {Record<string, string>} */ ({ withdrawn: "source_withdrawn", hidden: "source_hidden", unknown: "source_unknown" });

/**
 * @param {string} ref
 * @param {string} status of its source: standing, reworded, merged, hidden, withdrawn, unknown, or "" while nothing is known
 * @returns {HTMLElement}
 */
export function chip(ref, status) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `citation${SAID[status] ? ` is-${status}` : ""}`;
  button.dataset.ref = ref;
  button.tabIndex = -1; // reached from the text with Alt + Enter, so that Tab leaves the editor
  button.setAttribute("aria-label", [word("source_named", { ref }), SAID[status] && word(SAID[status])].filter(Boolean).join(", "));
  button.append(ref);
  if (SAID[status]) button.append(Object.assign(document.createElement("span"), { className: "citation-state", textContent: word(SAID[status]) }));
  return button;
}
