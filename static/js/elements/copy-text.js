/** `<copy-text>` around a read-only `<textarea>`: shows its `<button hidden>` where the device can copy, and says so. */
export class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return; // plain HTTP: the text is selected at its first touch, and copied by hand
    button.hidden = false;
    button.onclick = () => this.#copy();
  }

  async #copy() {
    const area = this.querySelector("textarea");
    const receipt = this.querySelector("[data-receipt]");
    if (!area) return;
    await navigator.clipboard.writeText(area.value);
    if (receipt) receipt.textContent = this.dataset.copied ?? "";
  }
}
