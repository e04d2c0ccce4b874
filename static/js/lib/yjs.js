/** The shared types of a document (Yjs), and who is there (awareness). The rest of the product imports them from here. */
export * from "../../vendor/yjs.js";
