/** The rich editor's library. Only pages that write a document load it, and only for the view with marks drawn. */
export * from "../../vendor/codemirror.js";
