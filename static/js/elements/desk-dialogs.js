/**
 * Dialogs of the desk. They stand outside the regions, so that no patch touches what is typed in them.
 *
 *   <button data-open="hide" data-values='{"number": 12, "text": "…"}'>   opens #dialog-hide with these values:
 *   fields of that name (or `data-from`) take them, `[data-value=name]` shows them, `[data-when-value=name|!name]` depends on them
 *   <button data-confirm="Clore ?" data-verb="Clore">                     asks first
 *   [data-of=a4] inside a slot of the dialog                              shown only for the value `activity` that it names
 *
 * What was typed for one card is kept for that card: the draft's key names it.
 */
import { writeFields } from "../lib/drafts.js";
import { house } from "../lib/house.js";

/** @typedef {Record<string, any>} Values */

/** @type {HTMLElement | null} who opened the dialog: focus goes back there */
let opener = null;
/** @type {HTMLElement | null} the button that was confirmed */
let confirmed = null;

/** @param {string} name @returns {HTMLDialogElement | null} */
const dialogNamed = (name) => /** @type {HTMLDialogElement | null} */ (document.getElementById(`dialog-${name}`));

/** @param {HTMLElement} element @returns {Values} */
export const valuesOf = (element) => JSON.parse(element.dataset.values || "{}");

/**
 * @param {string} name
 * @param {Values} values
 * @param {HTMLElement | null} [from]
 */
export function openDialog(name, values, from = null) {
  const dialog = dialogNamed(name);
  if (!dialog || dialog.open) return;
  opener = from;
  for (const form of dialog.querySelectorAll("act-form form")) fillForm(/** @type {HTMLFormElement} */ (form), name, values);
  for (const form of dialog.querySelectorAll("form[target]")) fillFields(/** @type {HTMLFormElement} */ (form), values);
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-value]"))) {
    place.textContent = String(values[place.dataset.value ?? ""] ?? "");
  }
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-when-value]"))) {
    const [no, key] = part.dataset.whenValue?.startsWith("!") ? [true, part.dataset.whenValue.slice(1)] : [false, part.dataset.whenValue];
    part.hidden = Boolean(values[key ?? ""]) === no;
  }
  const parts = values.activity === undefined ? [] : /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-slot] [data-of]"));
  for (const part of parts) part.hidden = part.dataset.of !== values.activity;
  for (const frame of dialog.querySelectorAll("iframe")) frame.hidden = true;
  dialog.dispatchEvent(new CustomEvent("desk-open", { detail: values, bubbles: true }));
  dialog.showModal();
  focusFirst(dialog);
}

/** @param {HTMLDialogElement} dialog */
function focusFirst(dialog) {
  const wanted = /** @type {HTMLElement[]} */ ([...dialog.querySelectorAll("[data-autofocus]")]);
  const fields = /** @type {HTMLElement[]} */ ([...dialog.querySelectorAll("textarea, select, input:not([type=hidden]), [data-numbered] button[name=cluster], button.is-primary")]);
  [...wanted, ...fields].find((field) => field.checkVisibility())?.focus();
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {Values} values
 */
function fillForm(form, name, values) {
  if (form.closest("[data-keep]")) return; // a form of a region: its own draft
  const holder = /** @type {HTMLElement} */ (form.closest("act-form"));
  const about = values.number ?? values.cluster ?? values.person ?? values.activity ?? values.source ?? "";
  const key = `${name}:${/** @type {HTMLInputElement} */ (form.elements.namedItem("act"))?.value}:${about}`;
  if (holder.dataset.draft !== key || !form.dataset.filled) form.reset();
  holder.dataset.draft = key;
  form.dataset.filled = "yes";
  fillFields(form, values);
  const kept = house.drafts.fields(key);
  if (kept) writeFields(form, kept);
}

/**
 * @param {HTMLFormElement} form
 * @param {Values} values
 */
function fillFields(form, values) {
  for (const field of /** @type {HTMLInputElement[]} */ ([...form.elements])) {
    const value = values[field.dataset.from ?? field.name];
    if (field.name === "act" || field.name === "on" || value === undefined) continue;
    if (field.type === "radio" || field.type === "checkbox") continue;
    field.value = written(value, field);
  }
}

/**
 * @param {any} value
 * @param {HTMLInputElement} field
 */
function written(value, field) {
  if (value === null) return "";
  if (field.dataset.type === "lines") return value.join("\n");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** @param {HTMLElement} button */
function askFirst(button) {
  const dialog = dialogNamed("confirm");
  const [text, yes] = [dialog?.querySelector("[data-confirm-text]"), /** @type {HTMLElement | null | undefined} */ (dialog?.querySelector("[data-confirm-yes]"))];
  if (!dialog || !text || !yes) return;
  text.textContent = button.dataset.confirm ?? "";
  yes.textContent = button.dataset.verb ?? "";
  yes.onclick = () => {
    dialog.close();
    confirmed = button;
    if (button.isConnected) button.click();
    confirmed = null;
  };
  dialog.showModal();
  yes.focus();
}

/** @param {MouseEvent} event */
function pressed(event) {
  const target = /** @type {Element} */ (event.target);
  const asking = /** @type {HTMLElement | null} */ (target.closest?.("[data-confirm]"));
  if (asking && asking !== confirmed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    askFirst(asking);
    return;
  }
  const button = /** @type {HTMLElement | null} */ (target.closest?.("[data-open]"));
  if (button) openDialog(button.dataset.open ?? "", valuesOf(button), button);
  const inside = target.closest?.("details.menu");
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== inside || button) menu.removeAttribute("open");
}

export function watchDialogs() {
  document.addEventListener("click", pressed, true);
  document.addEventListener("close", () => opener?.isConnected && opener.focus(), true);
  document.addEventListener("act-settled", (event) => {
    if (!(/** @type {CustomEvent} */ (event).detail.answer?.ok)) return;
    const from = /** @type {Element} */ (event.target);
    for (const old of document.querySelectorAll(".act [data-error]:not([hidden])")) /** @type {HTMLElement} */ (old).hidden = true;
    from.closest("details.menu")?.removeAttribute("open");
    if (from.closest("#dialog-close-session")) dialogNamed("close-session")?.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = /** @type {HTMLElement | null} */ (document.activeElement?.closest("details.menu[open]"));
    if (!menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("toggle", (event) => {
    const menu = /** @type {HTMLElement} */ (event.target);
    if (menu.matches("details.menu[open]")) menu.querySelector(".menu-list")?.scrollIntoView({ block: "nearest" });
  }, true);
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.hasAttribute("data-show-frame")) return;
    const frame = /** @type {HTMLElement | null} */ (document.querySelector(`iframe[name="${form.target}"]`));
    if (frame) frame.hidden = false;
  });
}
