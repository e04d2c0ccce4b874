/** What stands beside the text, one at a time: the sources or the remarks. On a narrow screen it rises as a sheet. */

export const NARROW = "(width <= 64rem)"; // as in minutes-editor-phone.css

/** @param {"sources" | "remarks"} name */
export function showSide(name) {
  document.body.dataset.sheet = document.body.dataset.side = name;
}

/** The sheet goes down; what stands beside the text on a wide screen stays. */
export function leaveSide() {
  delete document.body.dataset.sheet;
}

/** The two buttons at the top of each panel. */
export function listenToChoice() {
  document.addEventListener("click", (event) => {
    const name = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-side-choice]"))?.dataset.sideChoice;
    if (name !== "sources" && name !== "remarks") return;
    document.body.dataset.side = name;
    /** @type {HTMLElement | null} */ (document.querySelector(`.is-${name} [data-side-choice="${name}"]`))?.focus();
  });
}
