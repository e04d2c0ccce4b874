/** What may be done with a whole section: moved by menu, by keyboard or by hand, added, renamed, taken away. Words never move. */
import { nameOf, word } from "../lib/minutes/words.js";
import { askHeading, askPlace } from "./dialogs.js";

/** @typedef {import("../lib/minutes/shared-text.js").SharedText} SharedText */

export class SectionActs {
  #shared;
  #hands;

  /**
   * @param {SharedText} shared
   * @param {{writable: () => boolean, go: (key: string) => void, say: (sentence: string) => void, alert: (sentence: string) => void}} hands
   */
  constructor(shared, hands) {
    this.#shared = shared;
    this.#hands = hands;
  }

  /** @param {HTMLElement} sheet */
  listen(sheet) {
    sheet.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("[data-part]");
      const key = /** @type {HTMLElement | null} */ (button?.closest("[data-key]"))?.dataset.key ?? "";
      if (!button || !this.#hands.writable()) return;
      button.closest("details")?.removeAttribute("open");
      this.act(/** @type {HTMLElement} */ (button).dataset.part ?? "", key);
    });
  }

  /** @param {string} name @param {string} key */
  act(name, key) {
    const section = this.#shared.section(key);
    if (!section) return;
    if (name === "up" || name === "down") this.#step(key, name === "up" ? -1 : 1);
    else if (name === "place") askPlace(this.#others(key), (after) => this.move(key, after));
    else if (name === "add") this.add(key);
    else if (name === "rename") askHeading(section.heading, word("rename"), (heading) => this.#shared.rename(key, heading));
    else if (name === "remove") this.#remove(section);
  }

  /** @param {string} after */
  add(after) {
    const level = this.#shared.section(after)?.level ?? 2;
    askHeading("", word("new_section"), (heading) => {
      const { sections } = this.#shared;
      const last = after || (sections.filter(({ annex }) => !annex).at(-1)?.key ?? "");
      const key = this.#shared.add(this.#shared.groupOf(last).at(-1) ?? "", { heading, level, annex: this.#shared.section(after)?.annex ?? false });
      requestAnimationFrame(() => this.#hands.go(key));
    });
  }

  /** @param {string} key @param {string} after */
  move(key, after) {
    this.#shared.move(key, after);
    const section = /** @type {import("../lib/minutes/shared-text.js").Section} */ (this.#shared.section(key));
    const { number } = section;
    const heading = nameOf(section);
    this.#hands.say(number ? word("moved_to", { heading, number }) : word("moved_plain", { heading }));
  }

  /** Before or after its neighbour of the same rank, whole. @param {string} key @param {number} by */
  #step(key, by) {
    const { sections } = this.#shared;
    const group = this.#shared.groupOf(key);
    const at = sections.findIndex((section) => section.key === key);
    const { level, annex } = sections[at];
    if (by > 0) {
      const next = sections[at + group.length];
      if (next && next.annex === annex) this.move(key, this.#shared.groupOf(next.key).at(-1) ?? next.key);
      return;
    }
    const before = sections.slice(0, at).reverse().find((section) => section.annex === annex && (level > 1 || section.level === 1));
    if (before) this.move(key, sections[sections.indexOf(before) - 1]?.key ?? "");
  }

  /** @param {string} key */
  #others(key) {
    const group = this.#shared.groupOf(key);
    return this.#shared.sections.filter((section) => !group.includes(section.key)).map((section) => ({ key: section.key, label: word("after_section", { heading: `${section.number} ${nameOf(section)}`.trim() }) }));
  }

  /** @param {import("../lib/minutes/shared-text.js").Section} section */
  #remove(section) {
    const { key, body } = section;
    if (body.toString().trim()) return this.#hands.alert(word("not_empty"));
    if (this.#shared.remove(key)) this.#hands.say(word("removed", { heading: nameOf(section) }));
  }
}
