// The fonts of printed documents: WOFF (compressed tables) -> TrueType, which the PDF writer reads. Called by bundle.mjs.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

/** npm package → file → file in static/vendor/print/. */
export const PRINT_FONTS = {
  // Latin only: two files of one face would hide one another. Other letters come from the fonts that the writer carries.
  "@fontsource/atkinson-hyperlegible-next": Object.fromEntries(
    ["400-normal", "400-italic", "700-normal", "700-italic"].map((face) => [`atkinson-hyperlegible-next-latin-${face}.woff`, `atkinson-${face}.ttf`]),
  ),
  "@fontsource/noto-emoji": { "noto-emoji-emoji-400-normal.woff": "noto-emoji.ttf" },
};

const HEADER = 12;
const ENTRY = 16;
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;

/** @param {string} modules @param {string} target */
export async function makePrintFonts(modules, target) {
  await mkdir(target, { recursive: true });
  for (const [name, files] of Object.entries(PRINT_FONTS)) {
    for (const [source, file] of Object.entries(files)) {
      await writeFile(join(target, file), trueType(await readFile(join(modules, name, "files", source))));
    }
  }
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
