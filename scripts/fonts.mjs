// Cuts the fonts of npm down to what each `@font-face` of static/css/tokens.css says that it holds: its weights, and its
// characters. A browser then fetches 15 kB of text face where there were 34, and the rest if a name needs it.
import subsetFont from "subset-font";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FACES = /@font-face\s*\{([^}]*)\}/g;

/** Font family → npm package, and the beginning of its files' names. */
export const FAMILIES = {
  "Atkinson Hyperlegible Next": { from: "@fontsource-variable/atkinson-hyperlegible-next", file: "atkinson-hyperlegible-next" },
  "Bricolage Grotesque": { from: "@fontsource-variable/bricolage-grotesque", file: "bricolage-grotesque" },
};

/** @param {string} face @param {string} name */
function value(face, name) {
  const found = face.match(new RegExp(`${name}:\\s*([^;]+);`));
  if (!found) throw new Error(`a @font-face of tokens.css has no ${name}`);
  return found[1];
}

/** « U+20-7E, U+A0 » → its characters. @param {string} ranges */
function characters(ranges) {
  const found = [];
  for (const range of ranges.split(",")) {
    const [first, last] = range.trim().replace(/^U\+/i, "").split("-").map((code) => Number.parseInt(code, 16));
    for (let code = first; code <= (last ?? first); code += 1) found.push(String.fromCodePoint(code));
  }
  return found.join("");
}

/**
 * @param {string} css what tokens.css says
 * @returns {{ family: string, file: string, min: number, max: number, text: string }[]}
 */
export function faces(css) {
  return [...css.matchAll(FACES)].map(([, face]) => {
    const [min, max] = value(face, "font-weight").split(" ").map(Number);
    const file = value(face, "src").match(/([^/"]+\.woff2)"/)?.[1];
    const family = value(face, "font-family").replaceAll('"', "");
    if (!file || !(family in FAMILIES)) throw new Error(`tokens.css names a font that no package gives: ${family}`);
    return { family, file, min, max, text: characters(value(face, "unicode-range")) };
  });
}

/**
 * @param {string} css
 * @param {string} modules the folder of npm packages
 * @param {string} folder where the fonts go
 */
export async function cutFonts(css, modules, folder) {
  await mkdir(folder, { recursive: true });
  for (const { family, file, min, max, text } of faces(css)) {
    const { from, file: name } = FAMILIES[family];
    const whole = await readFile(join(modules, from, "files", `${name}-latin-wght-normal.woff2`));
    const cut = await subsetFont(whole, text, { targetFormat: "woff2", variationAxes: { wght: { min, max } } });
    await writeFile(join(folder, file), cut);
  }
}
