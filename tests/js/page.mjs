/** A page in memory for the modules that touch the DOM. Import it before them: they extend its classes. */
import { Window } from "happy-dom";

const window = new Window({ url: "http://192.168.1.20:8000/s/482137" });
const OF_THE_PAGE = /^(HTML|SVG|Document|DOM|Node|Element|Attr|Text|Comment|Radio|Shadow|Event|CustomEvent|Submit|CSS$|Mutation)/;
const OBJECTS = ["document", "customElements", "localStorage"];

for (const name of [...Object.getOwnPropertyNames(window).filter((one) => OF_THE_PAGE.test(one)), ...OBJECTS]) {
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
}

/**
 * Empties the page, storage included.
 * @param {string} html of the body
 */
export function openPage(html = "") {
  window.localStorage.clear();
  window.document.body.innerHTML = html;
  return window.document;
}
