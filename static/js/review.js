/** The pages of review and follow-up: what is typed survives, a passage is picked, a message is copied. All work without this. */
import { CopyText } from "./elements/copy-text.js";
import { KeepDraft } from "./elements/keep-draft.js";
import { PassagePicker } from "./elements/passage-picker.js";
import { SourcePanel } from "./elements/source-panel.js";
import { Drafts } from "./lib/drafts.js";
import { furnish } from "./lib/house.js";
import { memory } from "./lib/memory.js";

const drafts = new Drafts(memory(), `document-${document.body.dataset.document ?? ""}`);
furnish(/** @type {any} */ ({ drafts }));
drafts.listen(document);
drafts.restore(document);

customElements.define("keep-draft", KeepDraft);
customElements.define("passage-picker", PassagePicker);
customElements.define("copy-text", CopyText);
customElements.define("source-panel", SourcePanel);
