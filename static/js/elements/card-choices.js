/** Lists of cards to tick, in the dialogs « Réunir » and « Séparer en deux ». */

/**
 * @param {HTMLElement} list
 * @param {string} name of the boxes
 * @param {{number: number, ref: string, text: string}[]} cards
 */
function drawBoxes(list, name, cards) {
  for (const old of list.querySelectorAll(".choice")) old.remove();
  for (const { number, ref, text } of cards) {
    const label = document.createElement("label");
    label.className = "choice";
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value: String(number) });
    box.dataset.type = "int";
    const words = document.createElement("span");
    words.className = "choice-text";
    words.textContent = `${ref} ${text}`;
    label.append(box, words);
    list.append(label);
  }
}

/** The cards drawn in this page that could join one card: same activity, not hidden. @param {Record<string, any>} values */
function others(values) {
  const found = new Map();
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-card][data-values]"))) {
    const own = JSON.parse(card.dataset.values ?? "{}");
    if (own.activity === values.activity && own.number !== values.number && card.dataset.status !== "hidden") found.set(own.number, own);
  }
  return [...found.values()].sort((one, other) => one.number - other.number);
}

export function watchChoices() {
  document.addEventListener("desk-open", (event) => {
    const dialog = /** @type {HTMLElement} */ (event.target);
    const values = /** @type {CustomEvent} */ (event).detail;
    const merging = /** @type {HTMLElement | null} */ (dialog.querySelector("[data-merge-list]"));
    const splitting = /** @type {HTMLElement | null} */ (dialog.querySelector("[data-card-list]"));
    if (merging) drawBoxes(merging, "sources[]", others(values));
    if (splitting) drawBoxes(splitting, "cards[]", values.cards ?? []);
  });
}

/** Fields of « Insérer » that only some kinds have. */
export function watchKinds() {
  const update = (/** @type {HTMLFormElement} */ form) => {
    const kind = /** @type {HTMLSelectElement} */ (form.elements.namedItem("kind")).value;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-for]"))) {
      const shown = part.dataset.for?.split(" ").includes(kind) ?? true;
      part.hidden = !shown;
      for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input, textarea, select"))) field.disabled = !shown;
    }
  };
  document.addEventListener("change", (event) => {
    const choice = /** @type {HTMLSelectElement} */ (event.target);
    if (choice.matches("[data-kind]") && choice.form) update(choice.form);
  });
  document.addEventListener("desk-open", (event) => {
    const form = /** @type {HTMLElement} */ (event.target).querySelector("form[data-kinds]");
    if (form) update(/** @type {HTMLFormElement} */ (form));
  });
}

/** « Chercher un prénom ou une table ». */
export function watchSearch() {
  document.addEventListener("input", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (!field.matches("[data-search-people]")) return;
    const wanted = field.value.trim().toLowerCase();
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".people-list .person"))) {
      line.hidden = !(line.textContent ?? "").toLowerCase().includes(wanted);
    }
  });
}
