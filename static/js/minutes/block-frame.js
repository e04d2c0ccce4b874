/** The locked frame of a block of the app, around whatever a view shows of it. */
import { word } from "../lib/minutes/words.js";
import { chip } from "./chip.js";
import { icon } from "./icon.js";

/** @param {string} source @returns {"vote" | "cards" | "app"} */
export function kindOf(source) {
  if (/^V-\d+$/.test(source)) return "vote";
  return /^(?:[CHK]-?\d+|a\d+(?:-.*)?)$/.test(source) ? "cards" : "app";
}

/**
 * @param {string} source
 * @param {string} status of the source
 * @param {Node} words what the block says
 * @param {{detach: () => void, under: () => void, remark: () => void} | null} acts null where one only reads
 */
export function frameOf(source, status, words, acts) {
  const frame = element("div", "machine-block");
  frame.contentEditable = "false";
  const kind = kindOf(source);
  frame.dataset.margin = word(`margin_${kind}`);
  const head = element("p", "machine-head");
  head.append(icon("lock"), word(`from_${kind}`));
  if (/^[CVH]-\d+$/.test(source)) head.append(" ", chip(source, status));
  const body = element("div", "machine-body");
  body.append(words);
  frame.append(head, body);
  if (acts) frame.append(button("write_under", "machine-edit", acts.under, "plus"), button("edit_block", "machine-edit", acts.detach, "pencil"), button("remark", "machine-edit", acts.remark, "message-square"));
  return frame;
}

/** @param {string} tag @param {string} name @param {string} [words] @returns {HTMLElement} */
export function element(tag, name, words = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (words) made.append(words);
  return made;
}

/** @param {string} label @param {string} name @param {() => void} act @param {string} drawing */
export function button(label, name, act, drawing) {
  const made = /** @type {HTMLButtonElement} */ (element("button", `button is-quiet ${name}`.trim()));
  made.type = "button";
  made.append(icon(drawing), word(label));
  made.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus, and this line its drawing
  made.addEventListener("click", act);
  return made;
}
