/** What Word and LibreOffice write instead of headings and lists: paragraphs with classes, and bullets typed as text. */

const LIST_STYLE = /mso-list:\s*l\d+\s+level(\d+)/i;
const HEADING_CLASS = /^(?:Mso)?(?:Heading|Titre|Title)[ _-]?(\d)?$/i;
const NUMBER = /^\s*(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]/i;
const BULLET = /^\s*[·•o§▪◦–—\uf0b7\uf0a7-]\s*(?:\u00a0|\s|$)/;
const MOST_LEVEL = 5;

/** @param {Element} element @returns {number} 0 for what is no heading */
export function levelOfWord(element) {
  if (element.nodeName.toUpperCase() !== "P") return 0;
  for (const name of element.classList) {
    const found = HEADING_CLASS.exec(name);
    if (found) return Number(found[1] ?? 1);
  }
  const outline = /mso-outline-level:\s*(\d)/i.exec(element.getAttribute("style") ?? "");
  return outline && !LIST_STYLE.test(element.getAttribute("style") ?? "") ? Number(outline[1]) : 0;
}

/**
 * @param {Element} element
 * @returns {{level: number, marker: string} | null} a paragraph that Word shows as an item of a list
 */
export function wordItem(element) {
  if (element.nodeName.toUpperCase() !== "P") return null;
  const style = LIST_STYLE.exec(element.getAttribute("style") ?? "");
  const isListed = style !== null || /^MsoListParagraph/.test(element.className);
  const marker = ignored(element)?.textContent ?? "";
  if (!isListed || (!marker && style === null)) return null;
  const level = Math.min(MOST_LEVEL, Math.max(0, Number(style?.[1] ?? 1) - 1));
  return { level, marker: NUMBER.test(marker || (element.textContent ?? "")) ? `${/\d+/.exec(marker)?.[0] ?? 1}. ` : "- " };
}

/** The bullet that Word typed: `<span style='mso-list:Ignore'>`. @param {Element} element */
function ignored(element) {
  return [...element.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("style") ?? ""));
}

/** @param {Element} element @returns {Node[]} its words, the bullet left out */
export function withoutMarker(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  const marker = ignored(copy);
  if (marker) marker.remove();
  else {
    const first = firstText(copy);
    if (first) first.textContent = (first.textContent ?? "").replace(BULLET, "").replace(NUMBER, "");
  }
  return [...copy.childNodes];
}

/** @param {Node} node @returns {Node | null} */
function firstText(node) {
  for (const child of node.childNodes) {
    if (child.nodeType === 3 && child.textContent?.trim()) return child;
    const inside = firstText(child);
    if (inside) return inside;
  }
  return null;
}

/** @param {Element} item of a real list @returns {string} its bullet, or its box when it is a task */
export function markerOf(item) {
  const box = item.querySelector(":scope > input[type=checkbox], :scope > label > input[type=checkbox], :scope > p > input[type=checkbox]");
  const role = item.getAttribute("role") === "checkbox" ? item.getAttribute("aria-checked") : null; // Google Docs
  if (!box && role === null) return "- ";
  return role === "true" || box?.hasAttribute("checked") ? "- [x] " : "- [ ] ";
}
