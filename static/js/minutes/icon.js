/** An icon of the sprite, whose address the page carries (static files stand under their version). */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name one of static/icons/used.txt @returns {SVGElement} */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.icons ?? ""}#${name}`);
  svg.append(use);
  return svg;
}
