/** The reading page of a document: its sources beside the text, and its reading aloud. It is whole without this script. */
import { ReadDocument } from "./elements/read-document.js";
import { SourcePanel } from "./elements/source-panel.js";

customElements.define("read-document", ReadDocument);
customElements.define("source-panel", SourcePanel);
