/**
 * What somebody pastes from Word, LibreOffice, Google Docs or a web page, as Markdown of the dialect: headings, lists, bold,
 * italics, links and tables stay, everything else becomes plain words. Walks an inert tree (DOMParser's): nothing of it runs.
 */
import { writeTable } from "./tables.js";
import { levelOfWord, markerOf, withoutMarker, wordItem } from "./paste-word.js";

const SILENT = new Set(["SCRIPT", "STYLE", "TEMPLATE", "HEAD", "TITLE", "META", "LINK", "SVG", "IFRAME", "OBJECT", "NOSCRIPT", "COL", "COLGROUP", "XML"]);
const BLOCKS = new Set(["P", "DIV", "UL", "OL", "LI", "TABLE", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "HR", "SECTION", "ARTICLE", "MAIN", "HEADER", "FOOTER", "DL", "DT", "DD", "FIGURE", "CENTER", "FORM", "BODY", "TR", "TBODY", "THEAD"]);
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)/i;
const TOP_HEADING = 3; // what a section's text begins with
const MOST_HASHES = 6;
const SPECIAL = /[\\`*_[\]<~|]/g;
const LINE_START = /^(#{1,6}(?= |$)|[-+](?= |$)|>|\d{1,9}(?=[.)] )|:::)/;

/**
 * @typedef {{bold: boolean, italic: boolean, plain: boolean}} Style
 * @typedef {{lines: string[], kind: "text" | "item" | "table"}} Made
 */

/**
 * @param {Document} parsed
 * @returns {string} Markdown without a line end at its end; empty when nothing is said
 */
export function markdownOf(parsed) {
  const body = parsed.querySelector("b[id^='docs-internal-guid']") ?? parsed.body; // Google Docs wraps all in a bold that is none
  return text(blocks(body));
}

/** @param {Made[]} made */
function text(made) {
  let out = "";
  let previous = "";
  for (const { lines, kind } of made) {
    const body = lines.join("\n").replace(/[ \t]+$/gm, "");
    if (!body.trim()) continue;
    out += out === "" ? body : (kind === "item" && previous === "item" ? "\n" : "\n\n") + body;
    previous = kind;
  }
  return out;
}

/** @param {Node} parent @returns {Made[]} */
function blocks(parent) {
  /** @type {Made[]} */
  const made = [];
  /** @type {Node[]} */
  let loose = [];
  const flush = () => {
    const words = inline(loose);
    if (words.trim()) made.push({ lines: [guarded(words)], kind: "text" });
    loose = [];
  };
  for (const node of parent.childNodes) {
    const name = node.nodeName.toUpperCase();
    if (SILENT.has(name) || node.nodeType === 8) continue;
    if (!isBlock(node)) {
      loose.push(node);
      continue;
    }
    flush();
    made.push(...block(/** @type {Element} */ (node), name));
  }
  flush();
  return made;
}

/** @param {Node} node @returns {boolean} */
function isBlock(node) {
  if (node.nodeType !== 1) return false;
  const element = /** @type {Element} */ (node);
  if (BLOCKS.has(element.nodeName.toUpperCase())) return true;
  return [...element.children].some((child) => isBlock(child)); // a span around paragraphs
}

/** @param {Element} element @param {string} name @returns {Made[]} */
function block(element, name) {
  if (name === "UL" || name === "OL") return list(element, 0);
  if (name === "TABLE") return table(element);
  if (name === "HR") return [{ lines: ["---"], kind: "text" }];
  if (name === "PRE") return [{ lines: ["```", ...(element.textContent ?? "").replace(/\n$/, "").split("\n"), "```"], kind: "text" }];
  if (name === "BLOCKQUOTE") return [{ lines: text(blocks(element)).split("\n").map((line) => `> ${line}`.trimEnd()), kind: "text" }];
  const level = /^H[1-6]$/.test(name) ? Number(name[1]) : levelOfWord(element);
  if (level > 0) return title(element, level);
  const item = wordItem(element);
  if (item) return [{ lines: [`${"  ".repeat(item.level)}${item.marker}${inline(withoutMarker(element)).trim()}`], kind: "item" }];
  return blocks(element);
}

/** @param {Element} element @param {number} level @returns {Made[]} */
function title(element, level) {
  const words = inline([...element.childNodes], { bold: true, italic: false, plain: true }).replace(/\s*\\\n\s*/g, " ").trim();
  return words ? [{ lines: [`${"#".repeat(Math.min(MOST_HASHES, level + TOP_HEADING - 1))} ${words}`], kind: "text" }] : [];
}

/** @param {Element} element @param {number} depth @returns {Made[]} */
function list(element, depth) {
  const ordered = element.nodeName.toUpperCase() === "OL";
  let number = Number(element.getAttribute("start")) || 1;
  /** @type {Made[]} */
  const made = [];
  for (const child of element.children) {
    const name = child.nodeName.toUpperCase();
    if (name === "UL" || name === "OL") made.push(...list(child, depth + 1)); // Word and old pages put it there
    if (name !== "LI") continue;
    const inner = [...child.childNodes].filter((node) => !/^[UO]L$/i.test(node.nodeName));
    const marker = ordered ? `${number}. ` : markerOf(child);
    number += 1;
    const words = itemWords(inner);
    const pad = " ".repeat(depth * (ordered ? 3 : 2));
    if (words) made.push({ lines: words.split("\n").map((line, n) => pad + (n ? " ".repeat(ordered ? 3 : 2) : marker) + line), kind: "item" });
    for (const nested of child.children) if (/^[UO]L$/i.test(nested.nodeName)) made.push(...list(nested, depth + 1));
  }
  return made;
}

/** @param {Node[]} nodes @returns {string} the words of an item, its paragraphs one under the other */
function itemWords(nodes) {
  const holder = nodes[0]?.ownerDocument?.createElement("div");
  if (!holder) return "";
  for (const node of nodes) holder.append(node.cloneNode(true));
  return text(blocks(holder)).replace(/\n{2,}/g, "\n").trim();
}

/** @param {Element} element @returns {Made[]} */
function table(element) {
  const rows = [...element.querySelectorAll("tr")].filter((row) => row.closest("table") === element).map((row) =>
    [...row.children].flatMap((cell) => {
      const words = text(blocks(cell)).replace(/\n+/g, " ").replace(/^#{1,6} /, "").trim();
      return [words, ...Array(Math.max(0, Math.min(20, Number(cell.getAttribute("colspan")) || 1) - 1)).fill("")];
    }),
  );
  const full = rows.filter((row) => row.some((cell) => cell));
  if (full.length === 0) return [];
  const width = Math.max(...full.map((row) => row.length));
  if (width === 1) return full.map(([cell]) => ({ lines: [cell], kind: /** @type {const} */ ("text") })); // a table for layout only
  return [{ lines: [writeTable({ rows: full, align: Array(width).fill("") })], kind: "table" }];
}

/**
 * @param {Node[]} nodes
 * @param {Style} [style] what already surrounds them
 * @returns {string}
 */
function inline(nodes, style = { bold: false, italic: false, plain: false }) {
  return nodes.map((node) => piece(node, style)).join("").replace(/\*\*\*\*|(?<!\*)\*\*(?=\s+\*\*)\s+\*\*/g, (found) => (found.trim() === "****" ? "" : " "));
}

/** @param {Node} node @param {Style} style @returns {string} */
function piece(node, style) {
  if (node.nodeType === 3) return escaped((node.textContent ?? "").replace(/[ \t\r\n]+/g, " ").replace(/[\u200b\ufeff\u00ad]/g, ""));
  if (node.nodeType !== 1) return "";
  const element = /** @type {Element} */ (node);
  const name = element.nodeName.toUpperCase();
  if (SILENT.has(name) || /mso-(?:list:\s*ignore|element:\s*comment)/i.test(element.getAttribute("style") ?? "")) return "";
  if (name === "BR") return style.plain ? " " : "\\\n";
  if (name === "IMG") return escaped(element.getAttribute("alt") ?? "");
  if (name === "INPUT") return element.getAttribute("type") === "checkbox" ? "" : escaped(element.getAttribute("value") ?? "");
  const inner = { ...style, bold: style.bold || isBold(element, name), italic: style.italic || isItalic(element, name) };
  const words = inline([...element.childNodes], inner);
  const linked = name === "A" ? anchored(words, element.getAttribute("href") ?? "") : words;
  return marked(linked, inner.bold && !style.bold, inner.italic && !style.italic);
}

/** @param {string} words @param {string} address */
function anchored(words, address) {
  const label = words.trim();
  if (!label || !SAFE_ADDRESS.test(address)) return words;
  return `[${label}](${/[\s()<>]/.test(address) ? `<${address.replace(/[<>\s]/g, encodeURIComponent)}>` : address})`;
}

/** Marks touch words: a bold space is none. @param {string} words @param {boolean} bold @param {boolean} italic */
function marked(words, bold, italic) {
  const mark = (bold ? "**" : "") + (italic ? "*" : "");
  const bare = words.trim();
  if (!mark || !bare || bare.includes("\n")) return words;
  const start = words.indexOf(bare);
  return `${words.slice(0, start)}${mark}${bare}${[...mark].reverse().join("")}${words.slice(start + bare.length)}`;
}

/** @param {Element} element @param {string} name */
function isBold(element, name) {
  const style = element.getAttribute("style") ?? "";
  if (/(?:^|;)\s*font-weight:\s*(?:normal|[1-4]00)/i.test(style)) return false;
  return name === "B" || name === "STRONG" || /(?:^|;)\s*font-weight:\s*(?:bold|[6-9]00)/i.test(style);
}

/** @param {Element} element @param {string} name */
function isItalic(element, name) {
  const style = element.getAttribute("style") ?? "";
  if (/(?:^|;)\s*font-style:\s*normal/i.test(style)) return false;
  return name === "I" || name === "EM" || name === "CITE" || /(?:^|;)\s*font-style:\s*(?:italic|oblique)/i.test(style);
}

/** @param {string} words @returns {string} Markdown that shows exactly these words */
export function escaped(words) {
  return words.replace(SPECIAL, "\\$&");
}

/** @param {string} words a paragraph @returns {string} */
function guarded(words) {
  return words.replace(/^(?:\s|\\\n)+|(?:\s|\\\n)+$/g, "").split("\n").map((line) => line.trimStart().replace(LINE_START, (mark) => (/\d$/.test(mark) ? mark : `\\${mark}`)).replace(/^(\d{1,9})([.)] )/, "$1\\$2")).join("\n");
}
