/**
 * Fills what is personal (own cards, votes left, extra time) into a page that is the same for everybody.
 *
 *   data-me-list="cards" data-template="tpl-receipt"   one copy of the template's only element per item, kept by `id` or `key`
 *   data-where="activity=a1 column=plus"               in a list: only the items for which all conditions hold
 *   data-field="text"                                  text of that path (`fields.statement`); in a textarea, its first value
 *   data-attr="value:id datetime:at"                   attributes from paths; absent → removed; `ends-at?:…` → left alone
 *   data-if="can_edit !motive state=shown upvotes~C-12"  shown only while all conditions hold:
 *                                                      `path`, `!path`, `path=value`, `path!=value`, `path~value` (contains)
 *   data-count="cards"                                 number of items of that list (data-where counts here too)
 *
 * Inside a list's item, paths start at the item (and `me.` reaches the whole); elsewhere they start at the payload:
 * {participant, cards, ballots, time_extra, turn, upvotes, help, done, notices}. Nothing here is ever parsed as HTML.
 */

const SAFE_ATTRIBUTE = /^(id|for|name|value|hidden|disabled|checked|datetime|href|title|ends-at|data-[\w-]+|aria-[\w-]+)$/;
const ITEM = "data-me-item";

/** @typedef {Record<string, any>} Scope */

/**
 * @param {Scope} scope
 * @param {string} path
 * @returns {any}
 */
export function look(scope, path) {
  return path.split(".").reduce((/** @type {any} */ value, key) => value?.[key], scope);
}

/** @param {any} value */
const isSet = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/**
 * @param {Scope} scope
 * @param {string} conditions
 * @returns {boolean}
 */
export function holds(scope, conditions) {
  return conditions.split(/\s+/).filter(Boolean).every((condition) => {
    const [, no, path = "", sign, expected] = /^(!?)([^!=~]+)(?:(=|!=|~)(.*))?$/.exec(condition) ?? [];
    const value = look(scope, path);
    if (!sign) return isSet(value) !== Boolean(no);
    if (sign === "~") return Array.from(value ?? []).map(String).includes(expected ?? "") !== Boolean(no);
    return (String(value ?? "") === expected) !== (sign === "!=");
  });
}

/**
 * @param {Element} element
 * @param {Scope} scope
 */
function fillElement(element, scope) {
  const field = element.getAttribute("data-field");
  if (field) fillText(element, String(look(scope, field) ?? ""));
  const condition = element.getAttribute("data-if");
  if (condition) element.toggleAttribute("hidden", !holds(scope, condition));
  const list = element.getAttribute("data-count");
  if (list) fillText(element, String(itemsOf(element, look(scope, list)).length));
  for (const pair of element.getAttribute("data-attr")?.split(/\s+/) ?? []) fillAttribute(element, pair, scope);
}

/**
 * @param {Element} element
 * @param {string} text
 */
function fillText(element, text) {
  if (element.localName !== "textarea") {
    if (element.textContent !== text) element.textContent = text;
    return;
  }
  const area = /** @type {HTMLTextAreaElement} */ (element);
  if (area.defaultValue !== text) area.defaultValue = text; // what is typed over it stays
}

/**
 * @param {Element} element
 * @param {string} pair
 * @param {Scope} scope
 */
function fillAttribute(element, pair, scope) {
  const [, name = "", keep, path = ""] = /^([\w-]+)(\??):(.+)$/.exec(pair) ?? [];
  if (!SAFE_ATTRIBUTE.test(name)) return;
  const value = look(scope, path);
  if (value === undefined || value === null || value === false) {
    if (!keep) element.removeAttribute(name);
    return;
  }
  const text = value === true ? "" : String(value);
  if (name === "href" && !/^[/#](?!\/)/.test(text)) return;
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/**
 * @param {Element} element
 * @param {any} list
 * @returns {Scope[]}
 */
function itemsOf(element, list) {
  const where = element.getAttribute("data-where") ?? "";
  return Array.isArray(list) ? list.filter((item) => holds(item, where)) : [];
}

/**
 * @param {Element} root
 * @param {Scope} scope
 */
function fillTree(root, scope) {
  for (const element of root.querySelectorAll("[data-field], [data-if], [data-attr], [data-count]")) {
    if (element.closest(`[${ITEM}]`) === (root.hasAttribute(ITEM) ? root : null)) fillElement(element, scope);
  }
}

/**
 * Draws `items` in `list` from its template: existing copies are kept, moved and refilled, so that an open `<details>`
 * or a field being edited stays.
 * @param {HTMLElement} list
 * @param {Scope[]} items each with an `id` or a `key`
 * @param {Scope} [me]
 */
export function fillList(list, items, me = {}) {
  const { ownerDocument: page } = list;
  const template = /** @type {HTMLTemplateElement | null} */ (page.getElementById(list.dataset.template ?? ""));
  const model = template?.content.firstElementChild;
  if (!model) return;
  const before = new Map(Array.from(list.children, (child) => [child.getAttribute(ITEM), child]));
  let place = list.firstElementChild;
  for (const item of items) {
    const key = String(item.id ?? item.key);
    const copy = before.get(key) ?? /** @type {Element} */ (page.importNode(model, true));
    before.delete(key);
    copy.setAttribute(ITEM, key);
    const scope = { ...item, me };
    fillElement(copy, scope);
    fillTree(copy, scope);
    if (copy === place) place = place.nextElementSibling;
    else list.insertBefore(copy, place);
  }
  for (const gone of before.values()) gone.remove();
}

/**
 * @param {HTMLElement} root
 * @param {Scope} me
 */
export function fill(root, me) {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-me-list]"))) {
    fillList(list, itemsOf(list, look(me, list.dataset.meList ?? "")), me);
  }
  fillTree(root, me);
}
