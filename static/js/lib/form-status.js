/**
 * What a form says of itself: the receipt (`[data-receipt]`, hidden while empty, `data-state="kept|received"`) and the
 * sentence of a refusal next to its field (`[data-error]`, made when the form has none).
 */

const TEXTS = "textarea, input[type=text], input:not([type])";
let made = 0;

/** The words typed in a form, for lists and receipts. @param {HTMLFormElement} form */
export function textOf(form) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(TEXTS));
  return Array.from(fields, ({ value }) => value.trim()).filter(Boolean).join("\n");
}

/**
 * @param {HTMLFormElement} form
 * @param {"kept" | "received" | ""} state
 * @param {string} sentence
 */
export function showReceipt(form, state, sentence) {
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-receipt]"));
  if (!place) return;
  place.dataset.state = state;
  place.textContent = sentence;
  place.hidden = sentence === "";
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} field @returns {HTMLElement} */
function errorPlace(form, field) {
  const drawn = /** @type {HTMLElement | null} */ (form.querySelector("[data-error]"));
  if (drawn) return drawn;
  const place = document.createElement("p");
  place.dataset.error = "";
  place.className = "field-error";
  if (field) field.after(place);
  else form.append(place);
  return place;
}

/** @param {Element} field */
const describedBy = (field) => field.getAttribute("aria-describedby")?.split(/\s+/).filter(Boolean) ?? [];

/**
 * @param {HTMLFormElement} form
 * @param {string} sentence
 * @param {string} [name] of the field it is about; else the first text field
 */
export function showError(form, sentence, name = "") {
  const named = form.elements.namedItem(name);
  const field = named instanceof HTMLElement ? named : /** @type {HTMLElement | null} */ (form.querySelector(TEXTS));
  const place = errorPlace(form, field);
  place.id ||= `form-error-${(made += 1)}`;
  place.textContent = sentence;
  place.hidden = false;
  field?.setAttribute("aria-invalid", "true");
  field?.setAttribute("aria-describedby", [...new Set([...describedBy(field), place.id])].join(" "));
}

/** @param {HTMLFormElement} form */
export function clearError(form) {
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-error]"));
  if (!place) return;
  place.textContent = "";
  place.hidden = true;
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const others = describedBy(field).filter((id) => id !== place.id);
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}
