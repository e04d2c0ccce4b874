/**
 * `<qr-share href="/m/ABCD-…">` next to a QR code drawn by the server: shows its `<button type="button" hidden>` where the
 * device can share a link or copy it (`[data-receipt]` inside says « Lien copié. »).
 */
import { house } from "../lib/house.js";
import { say } from "../lib/words.js";

export class QrShare extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !(navigator.share || navigator.clipboard)) return; // plain HTTP: the QR and the code remain
    button.hidden = false;
    button.onclick = () => this.#share();
  }

  async #share() {
    const url = new URL(this.getAttribute("href") ?? "", document.baseURI).href;
    try {
      if (navigator.share) await navigator.share({ title: document.title, url });
      else await this.#copy(url);
    } catch {
      // The person closed the sharing sheet.
    }
  }

  /** @param {string} url */
  async #copy(url) {
    await navigator.clipboard.writeText(url);
    const receipt = this.querySelector("[data-receipt]");
    if (receipt) receipt.textContent = say("link_copied");
    else house.announcer.polite(say("link_copied"));
  }
}
