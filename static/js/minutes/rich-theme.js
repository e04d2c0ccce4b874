/** What the page's own sheets cannot say: CodeMirror's rules stand outside their layers, and would win. */
import { EditorView } from "../lib/codemirror.js";

const DEPTHS = Object.fromEntries([1, 2, 3].map((depth) => [`.cm-line.md-depth-${depth}`, { paddingLeft: `${1.6 + depth}rem` }]));

export const theme = EditorView.theme({
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.5", overflow: "visible" },
  ".cm-content": { minWidth: "0", padding: "0.25rem 0", fontSize: "1.125rem", caretColor: "var(--violet)" },
  "&.cm-focused .cm-content": { outline: "2px solid var(--violet-clair)", outlineOffset: "6px", borderRadius: "3px" },
  ".cm-line": { position: "relative", padding: "0" },
  ".cm-line.md-item": { paddingLeft: "1.6rem", textIndent: "-1.2rem" },
  ...DEPTHS,
  ".cm-line.md-quote": { paddingLeft: "0.75rem", borderLeft: "3px solid var(--violet-clair)" },
});
