import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "happy-dom";

const window = new Window();
Object.assign(globalThis, { window, document: window.document, HTMLElement: window.HTMLElement, DOMParser: window.DOMParser, Event: window.Event });
const { FileLimit } = await import("../../static/js/elements/file-limit.js");
const { PasteRich } = await import("../../static/js/elements/paste-rich.js");
window.customElements.define("file-limit", FileLimit);
window.customElements.define("paste-rich", PasteRich);

/** @param {string} markup */
function page(markup) {
  window.document.body.innerHTML = markup;
  return window.document.body;
}

/** A paste as the browser tells it. @param {Record<string, string>} data */
function pasteOf(data) {
  const event = new window.Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: (/** @type {string} */ kind) => data[kind] ?? "" } });
  return event;
}

test("a file that is too heavy is said so and not sent, a lighter one takes the sentence away", () => {
  const body = page('<form><file-limit data-most="10" data-sentence="Trop lourd."><input type="file" name="file"><p class="error"></p></file-limit></form>');
  const field = /** @type {any} */ (body.querySelector("input"));
  const error = /** @type {any} */ (body.querySelector(".error"));
  const choose = (/** @type {number} */ size) => {
    Object.defineProperty(field, "files", { value: [{ size }], configurable: true });
    field.dispatchEvent(new window.Event("change", { bubbles: true }));
    const sent = new window.Event("submit", { cancelable: true, bubbles: true });
    body.querySelector("form")?.dispatchEvent(sent);
    return { said: error.textContent, sent: !sent.defaultPrevented, invalid: field.getAttribute("aria-invalid") };
  };
  assert.deepEqual(choose(11), { said: "Trop lourd.", sent: false, invalid: "true" });
  assert.deepEqual(choose(10), { said: "", sent: true, invalid: "false" });
});

test("what is pasted from a page keeps its structure at the caret, plain words are left to the browser", () => {
  const body = page("<paste-rich><textarea>Avant. Après.</textarea></paste-rich>");
  const field = /** @type {any} */ (body.querySelector("textarea"));
  field.setSelectionRange(7, 7);
  const rich = pasteOf({ "text/html": "<h2>Titre</h2><ul><li>un</li><li><b>deux</b></li></ul>" });
  field.dispatchEvent(rich);
  assert.equal(rich.defaultPrevented, true);
  assert.equal(field.value, "Avant. #### Titre\n\n- un\n- **deux**Après.");
  const plain = pasteOf({ "text/plain": "mots" });
  field.dispatchEvent(plain);
  assert.equal(plain.defaultPrevented, false);
});
