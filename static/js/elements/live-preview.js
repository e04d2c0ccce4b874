/** `<live-preview>` around the frames of an activity: draws them again when the server has kept a change. */
export class LivePreview extends HTMLElement {
  connectedCallback() {
    document.addEventListener("saved", this.#saved);
  }

  disconnectedCallback() {
    document.removeEventListener("saved", this.#saved);
  }

  #saved = () => {
    for (const frame of this.querySelectorAll("iframe")) frame.contentWindow?.location.reload();
  };
}
