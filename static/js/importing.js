/** « Importer un texte »: a file that is too heavy is said so before it travels, and what is pasted keeps its structure. */
import { FileLimit } from "./elements/file-limit.js";
import { PasteRich } from "./elements/paste-rich.js";

customElements.define("file-limit", FileLimit);
customElements.define("paste-rich", PasteRich);
