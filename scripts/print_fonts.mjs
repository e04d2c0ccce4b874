// The fonts of printed documents, as the PDF writer reads them: TrueType. Called by bundle.mjs.
import subsetFont from "subset-font";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

const FACES = ["400-normal", "400-italic", "700-normal", "700-italic"];
/** The text face, and signs: npm package, its WOFF (compressed tables), the file in static/vendor/print/. */
const WOFFS = [
  ...FACES.map((face) => ["@fontsource/atkinson-hyperlegible-next", `atkinson-hyperlegible-next-latin-${face}.woff`, `atkinson-${face}.ttf`]),
  ["@fontsource/noto-emoji", "noto-emoji-emoji-400-normal.woff", "noto-emoji.ttf"],
];
/** Names of people and words in other letters: whole fonts, taken as they are (atelier/exports/manuscript/fonts.py). */
const SCRIPTS = ["", "-arabic", "-armenian", "-bengali", "-ethiopic", "-georgian", "-hebrew", "-khmer", "-lao", "-nko", "-sinhala", "-tamil", "-thai", "-tifinagh"];
const ONE_WEIGHT = new Set(["-nko", "-tifinagh"]);

/** npm packages, for their licences. */
export const PRINT_FONTS = [...new Set([...WOFFS.map(([name]) => name), ...SCRIPTS.map(packageOf)])];

/** What the text face keeps: no accent that stands alone. Where a font has an accent and not the letter that bears it, Typst
 * loses the letter: « Ẹ̀ » must come whole from another font. */
const LETTERS = characters([[0x20, 0x7e], [0xa0, 0x17f], [0x2c6, 0x2dc], [0x2000, 0x206f], [0x20ac, 0x20ac], [0x2122, 0x2122], [0x2212, 0x2215]]);

const HEADER = 12;
const ENTRY = 16;
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;

/** @param {string} modules @param {string} target */
export async function makePrintFonts(modules, target) {
  await mkdir(target, { recursive: true });
  for (const [name, source, file] of WOFFS) {
    const font = trueType(await readFile(join(modules, name, "files", source)));
    await writeFile(join(target, file), file.startsWith("atkinson") ? await subsetFont(font, LETTERS, { targetFormat: "truetype" }) : font);
  }
  for (const script of SCRIPTS) {
    for (const face of ONE_WEIGHT.has(script) ? ["400Regular"] : ["400Regular", "700Bold"]) {
      await copyFile(join(modules, packageOf(script), face, `NotoSans${camel(script)}_${face}.ttf`), join(target, `noto-sans${script}-${face}.ttf`));
    }
  }
}

/** @param {string} script */
function packageOf(script) {
  return `@expo-google-fonts/noto-sans${script}`;
}

/** « -arabic » → « Arabic »; N’Ko writes two capitals. @param {string} script */
function camel(script) {
  return script === "-nko" ? "NKo" : script.slice(1, 2).toUpperCase() + script.slice(2);
}

/** @param {number[][]} ranges */
function characters(ranges) {
  return ranges.map(([first, last]) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, n) => first + n))).join("");
}

/**
 * @param {Buffer} woff
 * @returns {Buffer} the same font as the tables of a TrueType file
 */
function trueType(woff) {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("not a WOFF file");
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, n) => table(woff, WOFF_HEADER + n * WOFF_ENTRY));
  const head = Buffer.alloc(HEADER + count * ENTRY);
  const power = 2 ** Math.floor(Math.log2(count));
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * ENTRY, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * ENTRY, 10);
  let offset = head.length;
  for (const [n, { tag, checksum, body }] of tables.entries()) {
    const at = HEADER + n * ENTRY;
    head.write(tag, at, "latin1");
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(body.length, at + 12);
    offset += padded(body.length);
  }
  return Buffer.concat([head, ...tables.map(({ body }) => Buffer.concat([body, Buffer.alloc(padded(body.length) - body.length)]))]);
}

/** @param {Buffer} woff @param {number} at */
function table(woff, at) {
  const [offset, packed, length] = [4, 8, 12].map((place) => woff.readUInt32BE(at + place));
  const raw = woff.subarray(offset, offset + packed);
  return { tag: woff.toString("latin1", at, at + 4), checksum: woff.readUInt32BE(at + 16), body: packed < length ? inflateSync(raw) : raw };
}

/** @param {number} length */
function padded(length) {
  return Math.ceil(length / 4) * 4;
}
