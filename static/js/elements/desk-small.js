/** Small elements of the desk: the hour, who holds the déroulé, the projector seen in a frame. */
import { serverNow } from "../lib/clock.js";
import { house } from "../lib/house.js";

const PROJECTOR_WIDTH = 1920;
const TICK_MS = 1_000;

/** `<desk-clock>`: the hour of the séance, by the server. */
export class DeskClock extends HTMLElement {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  connectedCallback() {
    this.#timer = setInterval(() => this.#draw(), TICK_MS);
    this.#draw();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  #draw() {
    const hour = { hour: "2-digit", minute: "2-digit", timeZone: house.timeZone };
    const text = new Intl.DateTimeFormat("fr-FR", /** @type {any} */ (hour)).format(serverNow() ?? Date.now());
    const shown = /** @type {HTMLElement} */ (this);
    if (shown.textContent !== text) shown.textContent = text;
  }
}

/** `<agenda-key holder="l1">`: shown to those who do not hold the déroulé. */
export class AgendaKey extends HTMLElement {
  static observedAttributes = ["holder", "hidden"]; // a patch of the region around hides it again

  connectedCallback() {
    this.attributeChangedCallback();
  }

  attributeChangedCallback() {
    const hidden = this.getAttribute("holder") === document.body.dataset.actor;
    if (this.hasAttribute("hidden") !== hidden) this.toggleAttribute("hidden", hidden);
  }
}

/** `<screen-preview>`: the projector's own page, at its own size, made as small as the place it has. */
export class ScreenPreview extends HTMLElement {
  #observer = new ResizeObserver(() => this.#fit());

  connectedCallback() {
    this.#observer.observe(this);
    this.#fit();
  }

  disconnectedCallback() {
    this.#observer.disconnect();
  }

  #fit() {
    this.style.setProperty("--scale", String(this.clientWidth / PROJECTOR_WIDTH));
  }
}
