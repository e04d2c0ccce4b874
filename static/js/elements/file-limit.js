/** `<file-limit data-most="bytes" data-sentence="…">` around a file field and its `.error`: too heavy is said at once, and is not sent. */

export class FileLimit extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.#check());
    this.closest("form")?.addEventListener("submit", (event) => {
      if (this.#check()) return;
      event.preventDefault();
      this.#field.focus();
    });
  }

  get #field() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[type=file]"));
  }

  #check() {
    const size = this.#field.files?.[0]?.size ?? 0;
    const good = size <= Number(this.dataset.most);
    this.#field.setAttribute("aria-invalid", String(!good));
    /** @type {HTMLElement} */ (this.querySelector(".error")).textContent = good ? "" : (this.dataset.sentence ?? "");
    return good;
  }
}
