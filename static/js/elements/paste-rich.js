/** `<paste-rich>` around a text area: what is pasted from Word or a web page keeps its headings, lists and tables, as Markdown. */
import { markdownOf } from "../lib/minutes/paste.js";

export class PasteRich extends HTMLElement {
  connectedCallback() {
    this.addEventListener("paste", (event) => {
      const field = /** @type {HTMLTextAreaElement | null} */ (this.querySelector("textarea"));
      const html = event.clipboardData?.getData("text/html");
      if (!field || !html) return;
      const markdown = markdownOf(new DOMParser().parseFromString(html, "text/html"));
      if (!markdown) return;
      event.preventDefault();
      field.setRangeText(markdown, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
