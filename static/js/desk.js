/** What the desk adds to app.js: dialogs, tabs, shortcuts, the board, entries for others. */
import { CardBoard, watchPlaces } from "./elements/card-board.js";
import { watchChoices, watchKinds, watchSearch } from "./elements/card-choices.js";
import { CardList } from "./elements/card-list.js";
import { watchDialogs } from "./elements/desk-dialogs.js";
import { AgendaKey, DeskClock, ScreenPreview } from "./elements/desk-small.js";
import { watchTabs } from "./elements/desk-tabs.js";
import { PaperBallots } from "./elements/paper-ballots.js";
import { ProxyEntry } from "./elements/proxy-entry.js";
import { watchShortcuts } from "./elements/shortcut-keys.js";
import { ready } from "./lib/house.js";

const ELEMENTS = {
  "agenda-key": AgendaKey,
  "card-board": CardBoard,
  "card-list": CardList,
  "desk-clock": DeskClock,
  "paper-ballots": PaperBallots,
  "proxy-entry": ProxyEntry,
  "screen-preview": ScreenPreview,
};

await ready;
for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element);
for (const watch of [watchDialogs, watchTabs, watchShortcuts, watchChoices, watchKinds, watchSearch, watchPlaces]) watch();
