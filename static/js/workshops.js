/** The pages of preparation: what is typed is saved, the déroulé is rearranged, previews follow. */
import { AgendaBoard } from "./elements/agenda-board.js";
import { AutosaveForm } from "./elements/autosave-form.js";
import { EditableRows } from "./elements/editable-rows.js";
import { LivePreview } from "./elements/live-preview.js";
import { OptionList } from "./elements/option-list.js";

const ELEMENTS = {
  "option-list": OptionList,
  "editable-rows": EditableRows,
  "autosave-form": AutosaveForm,
  "agenda-board": AgendaBoard,
  "live-preview": LivePreview,
};

for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element);
