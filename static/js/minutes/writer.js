/**
 * What the two views of a section's text have in common, so that the toolbar, the sources and the keyboard serve both.
 *
 * @typedef {import("../lib/minutes/marks.js").Selected & {anchor: number, head: number}} Where
 *
 * @typedef {object} Writer
 * @property {HTMLElement} element what has the focus
 * @property {boolean} hasFocus
 * @property {Where} selected
 * @property {(edit: import("../lib/minutes/marks.js").Edit) => void} apply
 * @property {(from: number, to: number) => () => {from: number, to: number} | null} hold a passage that others may move meanwhile
 * @property {() => void} focus
 * @property {(at: number) => void} select puts the caret there
 * @property {() => void} reveal brings the caret where a panel at the bottom does not cover it
 * @property {(writable: boolean) => void} setWritable
 * @property {() => void} redraw what is known of a source changed
 * @property {(around: import("./rich-carets.js").Around) => void} show who is in this section
 * @property {() => void} destroy
 *
 * @typedef {object} Desk what a view asks of the page
 * @property {string} nonce
 * @property {boolean} writable
 * @property {readonly (readonly [string, string])[]} keys key → name of an act
 * @property {(name: string) => void} act
 * @property {(ref: string) => string} statusOf
 * @property {(key: string) => {sentence: string, kind: string}[]} flagsOf
 * @property {(key: string) => import("./rich-remarks.js").Remarked[]} remarksOf
 * @property {(key: string, from: number, to: number) => void} remark on these words
 * @property {(key: string, at: number) => boolean} openRemark the thread of the passage there, if there is one
 * @property {(at: number) => void} editTable the table that begins there, in the section where one writes
 * @property {(ref: string) => void} openSource
 * @property {(key: string) => void} entered
 * @property {(key: string) => void} left
 * @property {(key: string) => void} moved
 * @property {() => void} step what comes is undone apart from what was
 * @property {() => void} refused a block of the app was written into
 * @property {() => void} freed it became the writers'
 */
export {};
