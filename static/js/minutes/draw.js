/**
 * Draws a piece of Markdown where it is not edited: inside a block of the app, a cell of a table. Elements are made one by
 * one from the parser's tree: no HTML is ever read.
 */
import { citationsOf } from "../lib/minutes/citations.js";
import { word } from "../lib/minutes/words.js";
import { icon } from "./icon.js";
import { markdown } from "./rich-tree.js";

/** @typedef {(ref: string) => HTMLElement} DrawCitation */

const INLINE = /** @type {Record<string, string>} */ ({ StrongEmphasis: "strong", Emphasis: "em", Strikethrough: "s", InlineCode: "code" });
const HIDDEN = new Set(["HeaderMark", "EmphasisMark", "StrikethroughMark", "CodeMark", "ListMark", "QuoteMark", "TableDelimiter", "LinkMark", "CodeInfo", "TaskMarker"]);
const BLOCK = /** @type {Record<string, string>} */ ({ Paragraph: "p", BulletList: "ul", OrderedList: "ol", ListItem: "li", Blockquote: "blockquote", Task: "p", TableHeader: "tr", TableRow: "tr" });
const ADDRESS = /^(?:https?:\/\/|mailto:)/i;

/**
 * @param {string} text
 * @param {DrawCitation} citation
 * @returns {DocumentFragment}
 */
export function drawMarkdown(text, citation) {
  const out = document.createDocumentFragment();
  const tree = markdown.parse(text);
  children(tree.topNode, text, out, citation);
  return out;
}

/**
 * Only what stands inside a line: a cell.
 * @param {string} text
 * @param {DrawCitation} citation
 */
export function drawLine(text, citation) {
  const out = document.createDocumentFragment();
  const paragraph = markdown.parse(text).topNode.firstChild;
  if (paragraph?.name === "Paragraph") children(paragraph, text, out, citation);
  else out.append(text);
  return out;
}

/**
 * @param {import("@lezer/common").SyntaxNode} node
 * @param {string} text
 * @param {Node} out
 * @param {DrawCitation} citation
 */
function children(node, text, out, citation) {
  let at = node.from;
  const isText = node.name !== "Document" && !/^(?:BulletList|OrderedList|ListItem|Blockquote|Table|TableHeader|TableRow)$/.test(node.name);
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (isText) out.appendChild(words(text.slice(at, child.from), citation));
    one(child, text, out, citation);
    at = child.to;
  }
  if (isText) out.appendChild(words(text.slice(at, node.to), citation));
}

/**
 * @param {import("@lezer/common").SyntaxNode} node
 * @param {string} text
 * @param {Node} out
 * @param {DrawCitation} citation
 */
function one(node, text, out, citation) {
  const { name, from, to } = node;
  const source = text.slice(from, to);
  if (HIDDEN.has(name)) return;
  if (name === "Escape") return void out.appendChild(document.createTextNode(source.slice(1)));
  if (name === "HardBreak") return void out.appendChild(document.createElement("br"));
  if (name === "HorizontalRule") return void out.appendChild(document.createElement("hr"));
  if (name === "Link") return link(node, text, out, citation);
  if (name === "Image") return image(source, out);
  const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(name);
  const tag = heading ? `h${Math.min(6, Number(heading[1]))}` : name === "Table" ? "table" : name === "TableCell" ? (node.parent?.name === "TableHeader" ? "th" : "td") : (INLINE[name] ?? BLOCK[name] ?? "");
  if (!tag) return void out.appendChild(words(name === "Entity" ? entity(source) : source, citation));
  const element = document.createElement(tag);
  if (tag === "th") element.setAttribute("scope", "col");
  children(node, text, element, citation);
  out.appendChild(element);
}

/**
 * @param {import("@lezer/common").SyntaxNode} node
 * @param {string} text
 * @param {Node} out
 * @param {DrawCitation} citation
 */
function link(node, text, out, citation) {
  const url = node.getChild("URL");
  const source = text.slice(node.from, node.to);
  if (!url) return void out.appendChild(words(source, citation));
  const address = text.slice(url.from, url.to).replace(/^<|>$/g, "");
  const label = source.slice(1, source.indexOf("](")).replace(/\\([[\]\\])/g, "$1");
  const anchor = document.createElement("a");
  anchor.append(label);
  if (ADDRESS.test(address)) Object.assign(anchor, { href: address, rel: "noopener noreferrer", target: "_blank" });
  out.appendChild(anchor);
}

/** A figure is drawn in the preview; here it is named. @param {string} source @param {Node} out */
function image(source, out) {
  const words = /^!\[(.*?)\]/.exec(source)?.[1] ?? "";
  const note = document.createElement("span");
  note.className = "figure-note";
  note.append(icon("vote"), `${word("figure")}\u00a0: ${words}`);
  out.appendChild(/\(figure:/.test(source) ? note : document.createTextNode(words));
}

/** @param {string} source @returns {string} `&#10;` and the like */
function entity(source) {
  const code = /^&#(\d{1,7});$/.exec(source);
  return code ? String.fromCodePoint(Math.min(Number(code[1]), 0x10ffff)) : source;
}

/** @param {string} text @param {DrawCitation} citation */
function words(text, citation) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const { ref, from, to } of citationsOf(text)) {
    out.append(text.slice(at, from), citation(ref));
    at = to;
  }
  out.append(text.slice(at));
  return out;
}
