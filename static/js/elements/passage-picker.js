/**
 * `<passage-picker>` around the form of a request: choosing a sentence of the section puts it in « Texte à remplacer » and,
 * while nothing of one's own is there, in « Texte que vous proposez », where it is changed instead of typed again.
 */
export class PassagePicker extends HTMLElement {
  #given = "";

  connectedCallback() {
    this.addEventListener("change", (event) => {
      const chosen = /** @type {HTMLInputElement} */ (event.target);
      if (chosen.name === "passage" && chosen.value) this.#pick(chosen.value);
    });
  }

  /** @param {string} passage */
  #pick(passage) {
    const before = this.#area("before");
    const after = this.#area("after");
    if (!before || !after) return;
    this.#write(before, passage);
    if (!after.value.trim() || after.value === this.#given) this.#write(after, passage);
    this.#given = passage;
  }

  /** @param {string} name @returns {HTMLTextAreaElement | null} */
  #area(name) {
    return this.querySelector(`textarea[name="${name}"]`);
  }

  /** @param {HTMLTextAreaElement} area @param {string} text */
  #write(area, text) {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true })); // the draft keeps it too
  }
}
