/**
 * `<keep-draft data-draft="key">` around a form that is posted the ordinary way (joining, long desk forms): what is typed
 * survives a reload and a failed POST. The page that confirms carries `data-draft-done="key"`, which clears it.
 */
import { house } from "../lib/house.js";

export class KeepDraft extends HTMLElement {
  connectedCallback() {
    queueMicrotask(() => house.drafts.restore(this));
    this.addEventListener("submit", () => house.drafts.flush());
  }
}
