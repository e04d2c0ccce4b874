/**
 * `<card-list>` holds the lists of cards to sort; `<card-board>` the board. Both move with the arrows from card to card,
 * and G R P M press the button of the card in focus. When the card one was on goes away by one's own act, focus takes
 * the next one; a card that somebody else moves takes no focus with it.
 */
import { sendNow } from "./desk-send.js";

const OWN_ACT_MS = 4_000;

/** @param {Element} card */
const isSeen = (card) => /** @type {HTMLElement} */ (card).checkVisibility?.() ?? true;

export class CardKeys extends HTMLElement {
  /** @type {{at: number, after: Element | null} | null} */
  #leaving = null;

  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("click", (event) => this.#note(/** @type {Element} */ (event.target)));
    new MutationObserver(() => this.#follow()).observe(this, { childList: true, subtree: true });
  }

  get cards() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-card]")].filter(isSeen));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const card = /** @type {Element} */ (event.target).closest?.("[data-card]");
    if (!card || event.target !== card || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const button = /** @type {HTMLElement | null} */ (card.querySelector(`[data-card-key="${CSS.escape(key)}"]`));
    if (button) {
      event.preventDefault();
      button.click();
      return;
    }
    const next = this.neighbour(/** @type {HTMLElement} */ (card), event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {HTMLElement} card
   * @param {string} key
   * @returns {HTMLElement | undefined}
   */
  neighbour(card, key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    return step ? this.cards[this.cards.indexOf(card) + step] : undefined;
  }

  /** @param {Element} target */
  #note(target) {
    const card = /** @type {HTMLElement | null} */ (target.closest("[data-card]"));
    if (!card || !target.closest("button, [data-open]")) return;
    const at = this.cards.indexOf(card);
    this.#leaving = { at: Date.now(), after: this.cards[at + 1] ?? this.cards[at - 1] ?? null };
  }

  #follow() {
    const { at = 0, after = null } = this.#leaving ?? {};
    if (!after?.isConnected || Date.now() - at > OWN_ACT_MS) return;
    if (document.activeElement && document.activeElement !== document.body) return;
    this.#leaving = null;
    /** @type {HTMLElement} */ (after).focus({ preventScroll: true });
  }
}

export class CardList extends CardKeys {
  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("click", (event) => {
      const all = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-keep-all]"));
      if (all) void this.#keepAll();
    });
  }

  async #keepAll() {
    const numbers = this.cards.filter(({ dataset }) => dataset.status === "held").map(({ dataset }) => Number(dataset.card));
    for (const number of numbers) if (!(await sendNow("keep_contribution", { number }))) return;
  }
}
