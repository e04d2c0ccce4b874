// Bundles the browser libraries of package-lock.json into static/vendor/ (not committed): ES modules, icons, fonts.
// Our own code works without any build: only static/js/lib/ imports what is made here. What each page's code weighs is
// nevertheless brought down by static/vendor/app/: one file per page where there were thirty (atelier/assets.py chooses).
import { build } from "esbuild";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { FAMILIES, cutFonts } from "./fonts.mjs";
import { PRINT_FONTS, makePrintFonts } from "./print_fonts.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const target = join(root, "static/vendor");
const draft = join(root, "static/.vendor-draft");

/** File in static/vendor/ → what it exports, and the npm package its types and licence come from. */
const LIBRARIES = {
  "socket.io-client.js": { code: 'export { io, Manager, Socket } from "socket.io-client";', from: "socket.io-client" },
  "idb.js": { code: 'export * from "idb";', from: "idb" },
  "idiomorph.js": { code: 'export { Idiomorph } from "idiomorph";', from: "idiomorph" },
  "sortablejs.js": { code: 'export { default, default as Sortable } from "sortablejs";', from: "sortablejs" },
  "yjs.js": { code: 'export * from "yjs";\nexport * from "y-protocols/awareness";', from: "yjs" },
  "codemirror.js": {
    code: [
      'export { Annotation, Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";',
      'export { Decoration, EditorView, ViewPlugin, WidgetType, keymap } from "@codemirror/view";',
      'export { standardKeymap } from "@codemirror/commands";',
      'export { TreeFragment } from "@lezer/common";',
      'export { GFM, parser } from "@lezer/markdown";',
    ].join("\n"),
    from: "@codemirror/view",
  },
};

/** What npm packages ask for and we do not: colours for code and for the console, the indentation of programs, a transport we never open. */
const STUBS = {
  "@codemirror/language": "export const getIndentUnit = () => 2, IndentContext = 0, getIndentation = 0, indentString = 0, indentUnit = 0, matchBrackets = 0, syntaxTree = 0;",
  "@lezer/highlight": `
    const nothing = new Proxy(() => nothing, { get: (_, name) => (name === "then" ? undefined : nothing) });
    export { nothing as tags };
    export const styleTags = () => () => null;
    export class Tag { static define = () => nothing; }`,
  "lib0/logging": `
    const plain = (...said) => console.warn(...said.filter((one) => typeof one !== "symbol"));
    export { plain as print, plain as warn };
    export const [BOLD, UNBOLD, ORANGE, RED] = [Symbol(), Symbol(), Symbol(), Symbol()];`,
  "./webtransport.js": "export class WT {}",
};

const stubs = {
  name: "stubs",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(@codemirror\/language|@lezer\/highlight|lib0\/logging|\.\/webtransport\.js)$/ }, ({ path }) => ({ path, namespace: "stub" }));
    onLoad({ filter: /.*/, namespace: "stub" }, ({ path }) => ({ contents: STUBS[path], resolveDir: root }));
  },
};

/** Page → the modules of static/js/ that it loads, in order (as in atelier/assets.py). */
const PAGES = {
  phone: ["app.js", "phone.js"],
  desk: ["app.js", "desk.js"],
  screen: ["app.js", "screen.js"],
  editor: ["editor.js"],
};

async function bundleLibraries() {
  for (const [file, { code }] of Object.entries(LIBRARIES)) {
    await build({
      stdin: { contents: code, resolveDir: root, sourcefile: file },
      outfile: join(draft, file),
      bundle: true,
      format: "esm",
      platform: "browser",
      target: "es2020",
      minify: true,
      sourcemap: false,
      legalComments: "none",
      logLevel: "warning",
      plugins: [stubs],
    });
    // tsc reads these instead of guessing types from minified code.
    await writeFile(join(draft, file.replace(/\.js$/, ".d.ts")), `${code}\n`);
  }
}

/** The libraries are in the draft, and their place is still empty. */
const vendorFromDraft = {
  name: "vendor-from-draft",
  setup({ onResolve }) {
    onResolve({ filter: /\/vendor\/[^/]+\.js$/ }, ({ path }) => ({ path: join(draft, basename(path)) }));
  },
};

/** One small file per page, and `pages.json`: page → the files that it needs at once, its own last. */
async function bundlePages() {
  const needed = {};
  for (const [page, modules] of Object.entries(PAGES)) {
    const { metafile } = await build({
      stdin: { contents: modules.map((name) => `import "./${name}";`).join("\n"), resolveDir: join(root, "static/js"), sourcefile: `page-${page}.js` },
      outdir: join(draft, "app"),
      entryNames: page,
      chunkNames: `${page}-[hash]`,
      absWorkingDir: draft,
      metafile: true,
      splitting: true,
      bundle: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      minify: true,
      legalComments: "none",
      logLevel: "warning",
      plugins: [vendorFromDraft],
    });
    const own = `app/${page}.js`;
    const files = new Set();
    const follow = (file) => {
      for (const { path, kind } of metafile.outputs[file].imports) if (kind === "import-statement" && !files.has(path)) follow(path);
      files.add(file);
    };
    follow(own);
    needed[page] = [...files];
  }
  await writeFile(join(draft, "app/pages.json"), JSON.stringify(needed));
}

async function drawSprite() {
  const list = await readFile(join(root, "static/icons/used.txt"), "utf8").catch(() => "");
  const names = [...new Set(list.split("\n").map((line) => line.replace(/#.*/, "").trim()).filter(Boolean))].sort();
  const symbols = [];
  for (const name of names) {
    const svg = await readFile(join(modules, "lucide-static/icons", `${name}.svg`), "utf8").catch(() => {
      throw new Error(`static/icons/used.txt names « ${name} », which lucide-static does not have`);
    });
    const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    symbols.push(
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
        `stroke-linecap="round" stroke-linejoin="round">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`,
    );
  }
  await writeFile(join(draft, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

/** A `.br` beside each script and the sprite, for who reads Brotli (over HTTPS only): a seventh less than gzip. */
async function compress() {
  for (const file of await readdir(draft, { recursive: true })) {
    if (/\.(js|svg)$/.test(file)) await writeFile(join(draft, `${file}.br`), brotliCompressSync(await readFile(join(draft, file))));
  }
}

/** MIT, ISC, 0BSD and OFL ask that their text travels with the copies. */
async function collectLicences() {
  const named = [...Object.values(LIBRARIES).map(({ from }) => from), ...Object.values(FAMILIES).map(({ from }) => from), ...PRINT_FONTS, "lucide-static"];
  const inside = [
    "engine.io-client", "engine.io-parser", "socket.io-parser", "@socket.io/component-emitter", "lib0", "y-protocols",
    "@codemirror/state", "@codemirror/commands", "@lezer/common", "@lezer/markdown", "style-mod", "crelt", "w3c-keyname", "@marijn/find-cluster-break",
  ];
  const texts = [];
  for (const name of [...named, ...inside]) {
    const files = (await readdir(join(modules, name))).filter((file) => /^licen[cs]e/i.test(file));
    const { version, license } = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
    const found = await Promise.all(files.map((file) => readFile(join(modules, name, file), "utf8")));
    texts.push(`${name} ${version} (${license})\n\n${found.map((text) => text.trim()).join("\n\n")}\n`);
  }
  await writeFile(join(draft, "LICENSES.txt"), texts.join(`\n${"-".repeat(72)}\n\n`));
}

await rm(draft, { recursive: true, force: true });
await mkdir(draft, { recursive: true });
await bundleLibraries();
await bundlePages();
await drawSprite();
await cutFonts(await readFile(join(root, "static/css/tokens.css"), "utf8"), modules, join(draft, "fonts"));
await makePrintFonts(modules, join(draft, "print"));
await collectLicences();
await compress();
// All or nothing: a bundle that stopped half-way leaves the former one in place.
await rm(target, { recursive: true, force: true });
await rename(draft, target);
