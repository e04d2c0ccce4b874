/**
 * One key each for what the desk does most: a button says its key with `data-key` (`ArrowRight`, `Space`, `Enter`, a
 * letter) and the key presses that button. Never while typing, never with a dialog open, never twice for one pressure;
 * Space and Enter stay those of the button, link or card in focus. They can be switched off on this device.
 */
import { memory } from "../lib/memory.js";

const MEMORY = "atelier.shortcuts";
const TYPED = "input, textarea, select, [contenteditable]";
const PRESSED = "button, a, summary, [role=tab], [data-card], input, label";

const areOff = () => memory()?.getItem(MEMORY) === "off";

/** @param {KeyboardEvent} event @returns {string} */
const nameOf = ({ key }) => (key === " " ? "Space" : key.length === 1 ? key.toLowerCase() : key);

/** @param {KeyboardEvent} event */
function heedsTyping({ target, key }) {
  const element = /** @type {Element} */ (target);
  if (element.closest?.(TYPED)) return true;
  return (key === " " || key === "Enter") && Boolean(element.closest?.(PRESSED));
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || areOff()) return;
  if (heedsTyping(event) || document.querySelector("dialog[open], details.menu[open]")) return;
  const name = nameOf(event);
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(`[data-key="${CSS.escape(name)}"]`));
  const button = [...buttons].find((one) => !one.disabled && one.checkVisibility());
  if (!button) return;
  event.preventDefault();
  button.click();
}

export function watchShortcuts() {
  const show = () => document.body.classList.toggle("no-shortcuts", areOff());
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-shortcuts]"));
  if (box) {
    box.checked = !areOff();
    box.addEventListener("change", () => {
      if (box.checked) memory()?.removeItem(MEMORY);
      else memory()?.setItem(MEMORY, "off");
      show();
    });
  }
  document.addEventListener("keydown", press);
  show();
}
