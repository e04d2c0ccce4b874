/**
 * `<source-panel address="/comptes-rendus/DK2" for="texte">` around the cloth beside a text. A touch on a citation, or on a
 * sentence, shows its card: at the right on a desk, from below in a hand. Escape closes it, the focus goes back to the citation.
 * `version`: of a frozen text, whose sources are those of its day. Without this script a citation is a plain link to the page of its source.
 */
import { blockOf, offsetIn, passageOf, sentenceIn } from "../lib/passages.js";

const HIGHLIGHT = "cited";

export class SourcePanel extends HTMLElement {
  /** @type {HTMLAnchorElement | null} */ #chip = null;
  #asked = 0;

  connectedCallback() {
    this.#text?.addEventListener("click", this.#touched);
    this.addEventListener("click", this.#pressed);
    document.addEventListener("keydown", this.#key);
  }

  disconnectedCallback() {
    this.#text?.removeEventListener("click", this.#touched);
    document.removeEventListener("keydown", this.#key);
    this.#highlight([]);
  }

  get #text() {
    return document.getElementById(this.getAttribute("for") ?? "");
  }

  get #place() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-place]"));
  }

  /** @param {MouseEvent} event */
  #touched = (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const chip = target.closest("a.citation");
    if (chip instanceof HTMLAnchorElement) {
      event.preventDefault();
      if (chip === this.#chip) this.#close(true);
      else void this.#open(chip.dataset.ref ?? "", chip);
    } else if (!target.closest("a, button, summary, input, label, .doc-figure, .contents") && getSelection()?.isCollapsed) {
      this.#ask(event);
    }
  };

  /** « D'où vient cette phrase »: the sentence under the finger. @param {MouseEvent} event */
  #ask(event) {
    const at = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const range = at ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const node = at?.offsetNode ?? range?.startContainer;
    const block = node && blockOf(node);
    if (!node || !block || !this.#text?.contains(block)) return;
    const passage = passageOf(block);
    const offset = offsetIn(passage, node, at?.offset ?? range?.startOffset ?? 0);
    if (offset < 0) return;
    const { ranges, citations } = sentenceIn(passage, offset);
    if (citations[0]) return void this.#open(citations[0].dataset.ref ?? "", citations[0]);
    this.#close(false);
    this.#say(block.closest(".block.is-intact") ? this.dataset.automatic : this.dataset.unsourced);
    this.#highlight(ranges);
  }

  /** @param {string} ref @param {HTMLAnchorElement} chip where the focus goes back */
  async #open(ref, chip) {
    const turn = ++this.#asked;
    const card = await this.#fetch(ref);
    if (turn !== this.#asked) return;
    this.#close(false);
    if (card === null) return this.#say(this.dataset.failed);
    this.#chip = chip;
    this.#place.innerHTML = card;
    this.#showWhere(chip);
    const opened = this.querySelector("article");
    this.querySelector(".source-close")?.removeAttribute("hidden");
    this.setAttribute("open", "");
    opened?.focus({ preventScroll: true });
    chip.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} ref */
  async #fetch(ref) {
    try {
      const version = this.getAttribute("version");
      const asked = `fiche=1${version ? `&v=${version}` : ""}`;
      const answer = await fetch(`${this.getAttribute("address")}/sources/${encodeURIComponent(ref)}?${asked}`);
      return answer.ok ? await answer.text() : null;
    } catch {
      return null;
    }
  }

  /** @param {HTMLAnchorElement} chip */
  #showWhere(chip) {
    chip.setAttribute("aria-expanded", "true");
    const block = blockOf(chip);
    if (!block) return;
    const passage = passageOf(block);
    for (const [offset, one] of passage.marks) if (one === chip) this.#highlight(sentenceIn(passage, offset).ranges);
  }

  /** @param {string | undefined} sentence */
  #say(sentence) {
    const said = document.createElement("p");
    said.className = "source-said";
    said.setAttribute("role", "status");
    said.textContent = sentence ?? "";
    this.#place.replaceChildren(said);
    this.setAttribute("open", "");
  }

  /** @param {boolean} back */
  #close(back) {
    const chip = this.#chip;
    chip?.removeAttribute("aria-expanded");
    this.#chip = null;
    this.removeAttribute("open");
    this.#place.replaceChildren();
    this.#highlight([]);
    if (back) chip?.focus();
  }

  /** @param {Range[]} ranges */
  #highlight(ranges) {
    if (!("highlights" in CSS)) return;
    if (ranges.length) CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
    else CSS.highlights.delete(HIGHLIGHT);
  }

  /** @param {MouseEvent} event */
  #pressed = (event) => {
    const target = /** @type {Element} */ (event.target);
    const other = target.closest("a[data-ref]");
    if (target.closest(".source-close")) this.#close(true);
    if (!(other instanceof HTMLAnchorElement) || !this.#chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.#open(other.dataset.ref ?? "", this.#chip);
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.key === "Escape" && this.hasAttribute("open")) this.#close(true);
  };
}
