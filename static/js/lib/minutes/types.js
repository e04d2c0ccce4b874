/** The shared types by names that do not hide the language's own. */
export { Map as YMap, Text as YText } from "../yjs.js";
