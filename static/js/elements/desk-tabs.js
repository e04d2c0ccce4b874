/**
 * Tabs of the desk: of the cards, of the centre, and the four of a desk held in the hand. Counts come in a hidden region
 * (`[data-counts]`) and are written in `[data-count-of]`, so that a tab is never redrawn under a finger.
 */

/** @param {HTMLElement} tab */
function choose(tab) {
  const list = /** @type {HTMLElement} */ (tab.closest("[role=tablist]"));
  for (const other of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[role=tab]"))) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !chosen;
  }
  if (list.dataset.tabs === "view") document.body.dataset.view = tab.dataset.tabName;
}

/** @param {string} name */
export function chooseTab(name) {
  const tab = document.getElementById(`tab-${name}`);
  if (tab) choose(tab);
}

/** @param {string} name live | cards | people | agenda */
export function choosePane(name) {
  document.body.dataset.tab = name;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-pane]"))) {
    if (button.dataset.pane === name) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  scrollTo({ top: 0 });
}

/** @param {KeyboardEvent} event */
function move(event) {
  const tab = /** @type {Element} */ (event.target).closest?.("[role=tab]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !step) return;
  event.preventDefault();
  event.stopPropagation();
  const tabs = /** @type {HTMLElement[]} */ ([...(tab.closest("[role=tablist]")?.querySelectorAll("[role=tab]") ?? [])]);
  const next = tabs[(tabs.indexOf(/** @type {HTMLElement} */ (tab)) + step + tabs.length) % tabs.length];
  if (!next) return;
  choose(next);
  next.focus();
}

function writeCounts() {
  const source = /** @type {HTMLElement | null} */ (document.querySelector("[data-counts]"));
  const counts = JSON.parse(source?.dataset.counts || "{}");
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-count-of]"))) {
    const count = counts[place.dataset.countOf ?? ""] ?? 0;
    const text = `${place.dataset.before ?? ""}${count}`;
    if (place.textContent !== text) place.textContent = text;
    place.hidden = place.hasAttribute("data-hide-zero") && count === 0;
  }
}

export function watchTabs() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const tab = /** @type {HTMLElement | null} */ (target.closest?.("[role=tab]"));
    if (tab) choose(tab);
    const pane = /** @type {HTMLElement | null} */ (target.closest?.("[data-pane]"));
    if (pane) choosePane(pane.dataset.pane ?? "live");
  });
  document.addEventListener("keydown", move);
  const counts = document.querySelector("[data-slot=counts]");
  if (counts) new MutationObserver(writeCounts).observe(counts, { subtree: true, childList: true, attributes: true });
  writeCounts();
  const view = document.querySelector("[data-tabs=view] [aria-selected=true]");
  if (view) choose(/** @type {HTMLElement} */ (view));
}
