/**
 * What stands at the bottom of a narrow screen: the keyboard, a sheet, the tools. The page is not told the height of the
 * keyboard; what is seen is: the rest is given to the sheets as `--keyboard`. A sheet lifts the tools by `--raised`, so that
 * they stay at hand while one looks for a source; not above a keyboard or on a low screen, where nothing would be left of the text.
 */

const LEFT_PX = 360; // what bars, tools and a few lines of text need above a sheet
const SMALLEST_PX = 80; // bars of the browser come and go; a keyboard is higher

export function stayAboveKeyboard() {
  const seen = globalThis.visualViewport;
  const sheets = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-side-panel]"))];
  const place = () => {
    const hidden = seen ? Math.round(innerHeight - seen.height - seen.offsetTop) : 0;
    const keyboard = seen?.scale === 1 && hidden > SMALLEST_PX ? hidden : 0;
    const height = Math.max(0, ...sheets.filter(isFixed).map((sheet) => sheet.offsetHeight));
    const raised = keyboard || innerHeight - height < LEFT_PX ? 0 : height;
    document.documentElement.style.setProperty("--keyboard", `${keyboard}px`);
    document.documentElement.style.setProperty("--raised", `${raised}px`);
  };
  for (const event of ["resize", "scroll"]) seen?.addEventListener(event, place);
  const heights = new ResizeObserver(place);
  for (const sheet of sheets) heights.observe(sheet);
  place();
}

/** @param {Element} element */
function isFixed(element) {
  return getComputedStyle(element).position === "fixed";
}

/** What the bars cover of what is seen of the page, in px: a caret is brought between them. */
export function covered() {
  const bar = document.querySelector("[data-toolbar]");
  const choice = document.querySelector("[data-plan-select]")?.closest("nav")?.getBoundingClientRect();
  if (!bar) return { top: 0, bottom: 0 };
  const low = isFixed(bar);
  const tools = bar.getBoundingClientRect();
  return { top: Math.max(0, low ? (choice?.bottom ?? 0) : tools.bottom), bottom: low ? Math.max(0, (globalThis.visualViewport?.height ?? innerHeight) - tools.top) : 0 };
}
