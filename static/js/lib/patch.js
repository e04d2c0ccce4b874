/**
 * Puts the server's drawing into the page; the only caller of idiomorph.
 *
 * A surface is `[data-slot=NAME]` containers of `<section data-region=KEY data-slot-of=NAME>`. Ops are idempotent:
 * ["put", key, slot, after | null, html] and ["remove", key].
 *
 * What people do is stronger than what comes: an element with `data-keep` (and an id) is never morphed, and its
 * children only are left alone with `data-keep="children"` or when a script fills it; open `<details>` and dialogs stay
 * open; a field that was changed keeps its value; a region whose patch would take away the field being typed in waits
 * until the person leaves it or stops for a while (the draft and the outbox keep the words in any case). A button in
 * focus never becomes, under the finger, the button of another act.
 */
import { Idiomorph } from "../../vendor/idiomorph.js";

const TYPING_MS = 5_000;
const FILLED_BY_SCRIPT = "[data-keep=children], [data-me-list], outbox-list, status-line, time-left, char-count, read-aloud, qr-share";
const TEXT_FIELD = "textarea, input:not([type=radio]):not([type=checkbox]):not([type=button]):not([type=submit])";
const MEASURES = new Set(["id", "minutes", "on", "page", "position", "round", "seconds", "slot"]); // the same act, once more or back
const VALUES = new Set(["value", "checked", "selected"]);

/** @typedef {import("./sequence.js").Op} Op */

/** @param {string} html @returns {HTMLElement[]} */
function sections(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return /** @type {HTMLElement[]} */ ([...template.content.children].filter((one) => one.hasAttribute("data-region")));
}

/** @param {HTMLInputElement} field @returns {boolean} */
function isTicked(field) {
  const group = field.type === "radio" && field.form ? field.form.elements.namedItem(field.name) : null;
  const radios = group instanceof RadioNodeList ? /** @type {HTMLInputElement[]} */ ([...group]) : [field];
  return radios.some(({ checked, defaultChecked }) => checked !== defaultChecked);
}

/** Whether the person changed this field, whatever the server drew. @param {Element} element @returns {boolean} */
function isChanged(element) {
  const field = element.localName === "option" ? element.closest("select") : element;
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const drawn = options.some(({ defaultSelected }) => defaultSelected);
    return drawn ? options.some(({ selected, defaultSelected }) => selected !== defaultSelected) : field.selectedIndex > 0;
  }
  if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) return isTicked(field);
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    return field.value !== field.defaultValue || field === document.activeElement;
  }
  return false;
}

/**
 * @param {Element} before
 * @param {Element} after
 */
function copyAttributes(before, after) {
  for (const { name } of [...before.attributes]) if (!after.hasAttribute(name)) before.removeAttribute(name);
  for (const { name, value } of after.attributes) if (before.getAttribute(name) !== value) before.setAttribute(name, value);
}

/** What the buttons of a form do, and to whom or to what. @param {Element} form @returns {string} */
function actOf(form) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=hidden]"));
  return [...fields].filter(({ name }) => !MEASURES.has(name)).map((field) => `${field.name}=${field.getAttribute("value")}`).join();
}

/**
 * @param {Element} before
 * @param {Element} after
 */
function letGoOfAnotherAct(before, after) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  if (before.localName !== "act-form" || focused?.localName !== "button" || !before.contains(focused)) return;
  if (actOf(before) !== actOf(after)) focused.blur();
}

const callbacks = {
  /**
   * @param {Node} before
   * @param {Node} after
   */
  beforeNodeMorphed(before, after) {
    if (!(before instanceof Element) || !(after instanceof Element)) return true;
    if (before instanceof HTMLDialogElement && before.open) return false;
    letGoOfAnotherAct(before, after);
    if (before.matches(FILLED_BY_SCRIPT) && after.matches(FILLED_BY_SCRIPT)) {
      copyAttributes(before, after);
      return false;
    }
    return !(before.hasAttribute("data-keep") && after.hasAttribute("data-keep") && before.id === after.id);
  },
  /**
   * @param {string} name
   * @param {Element} element
   */
  beforeAttributeUpdated(name, element) {
    if (name === "open" && (element.localName === "details" || element.localName === "dialog")) return false;
    return !(VALUES.has(name) && isChanged(element));
  },
};

export class Surface {
  #root;
  #changed;
  /** @type {Map<string, Op>} what waits for the end of typing, by region */
  #held = new Map();
  #typedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Document} root
   * @param {() => void} changed called after each change of the page
   */
  constructor(root, changed) {
    this.#root = root;
    this.#changed = changed;
    root.addEventListener("input", (event) => event.isTrusted && (this.#typedAt = Date.now()), true);
    root.addEventListener("focusout", () => setTimeout(() => this.#release(), 0));
  }

  /** @param {Op[]} ops */
  apply(ops) {
    const leaving = ops.filter(([kind]) => kind === "remove"); // first, so that nobody has to step around them
    for (const op of [...leaving, ...ops.filter(([kind]) => kind === "put")]) this.#perform(op);
    this.#changed();
  }

  /** The whole surface. @param {string} html sibling sections */
  replace(html) {
    /** @type {Map<string, string>} */
    const last = new Map();
    /** @type {Op[]} */
    const puts = sections(html).map((section) => {
      const { region: key = "", slotOf: slot = "" } = section.dataset;
      const after = last.get(slot) ?? null;
      last.set(slot, key);
      return ["put", key, slot, after, section.outerHTML];
    });
    const keys = new Set(puts.map(([, key]) => key));
    const gone = this.#regions().map(({ dataset }) => dataset.region ?? "").filter((key) => !keys.has(key));
    this.apply([...gone.map((key) => /** @type {Op} */ (["remove", key])), ...puts]);
  }

  /** What a snapshot keeps. */
  html() {
    return this.#regions().map((section) => section.outerHTML).join("");
  }

  /** @returns {HTMLElement[]} */
  #regions() {
    return [...this.#root.querySelectorAll("[data-slot] > [data-region]")].map((one) => /** @type {HTMLElement} */ (one));
  }

  /** @param {string | null} key @returns {HTMLElement | null} */
  #region(key) {
    return key === null ? null : this.#root.querySelector(`[data-slot] > [data-region="${CSS.escape(key)}"]`);
  }

  /** @param {Op} op */
  #perform(op) {
    const key = op[1];
    const section = this.#region(key);
    const fresh = op[0] === "put" ? sections(op[4])[0] ?? null : null;
    if (section && this.#wouldInterrupt(section, fresh)) {
      this.#held.set(key, op);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#release(), TYPING_MS);
      return;
    }
    this.#held.delete(key);
    if (op[0] === "remove") section?.remove();
    else if (fresh) this.#put(section, fresh, op[2], op[3]);
  }

  /**
   * @param {HTMLElement | null} section
   * @param {HTMLElement} fresh
   * @param {string} slotName
   * @param {string | null} after
   */
  #put(section, fresh, slotName, after) {
    const slot = this.#root.querySelector(`[data-slot="${CSS.escape(slotName)}"]`);
    if (!slot) return; // this page does not show that part
    if (section) Idiomorph.morph(section, fresh, { morphStyle: "outerHTML", callbacks });
    const placed = section ?? fresh;
    const anchor = this.#region(after);
    if (section?.parentElement === slot && this.#previous(section) === anchor) return;
    const next = anchor?.parentElement === slot ? anchor.nextElementSibling : after === null ? slot.firstElementChild : null;
    this.#move(placed, slot, next);
  }

  /** The region before this one, not counting those that only wait to leave. @param {Element} section */
  #previous(section) {
    let before = section.previousElementSibling;
    while (before && this.#held.get(before.getAttribute("data-region") ?? "")?.[0] === "remove") before = before.previousElementSibling;
    return before;
  }

  /**
   * @param {HTMLElement} section
   * @param {Element} slot
   * @param {Element | null} next
   */
  #move(section, slot, next) {
    if (next === section) return;
    const focused = /** @type {HTMLInputElement | null} */ (section.contains(document.activeElement) ? document.activeElement : null);
    const { selectionStart = null, selectionEnd = null } = focused?.matches(TEXT_FIELD) ? focused : {};
    slot.insertBefore(section, next);
    if (!focused || focused === document.activeElement) return;
    focused.focus({ preventScroll: true });
    if (selectionStart !== null) focused.setSelectionRange(selectionStart, selectionEnd);
  }

  /**
   * @param {HTMLElement} section
   * @param {HTMLElement | null} fresh
   */
  #wouldInterrupt(section, fresh) {
    const field = document.activeElement;
    if (!field || !section.contains(field) || !field.matches(TEXT_FIELD)) return false;
    if (Date.now() - this.#typedAt > TYPING_MS) return false;
    const id = field.closest("[data-keep][id]")?.id || field.id;
    return !(id && fresh?.querySelector(`[id="${CSS.escape(id)}"]`));
  }

  #release() {
    if (this.#held.size === 0) return;
    for (const op of [...this.#held.values()]) this.#perform(op);
    this.#changed();
  }
}
