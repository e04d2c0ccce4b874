/**
 * On phones the keyboard covers the bottom of the page, where the tools stand, and the page is not told its height. What is
 * seen is: the rest is given to the sheets as `--keyboard`.
 */

const SMALLEST_PX = 80; // bars of the browser come and go; a keyboard is higher

export function stayAboveKeyboard() {
  const seen = globalThis.visualViewport;
  if (!seen) return;
  const place = () => {
    const hidden = Math.round(innerHeight - seen.height - seen.offsetTop);
    document.documentElement.style.setProperty("--keyboard", `${seen.scale === 1 && hidden > SMALLEST_PX ? hidden : 0}px`);
  };
  for (const event of ["resize", "scroll"]) seen.addEventListener(event, place);
  place();
}

/** What the bars cover of what is seen of the page, in px: a caret is brought between them. */
export function covered() {
  const tools = document.querySelector("[data-toolbar]")?.getBoundingClientRect();
  const choice = document.querySelector("[data-plan-select]")?.closest("nav")?.getBoundingClientRect();
  if (!tools) return { top: 0, bottom: 0 };
  const low = tools.top > innerHeight / 2;
  return { top: Math.max(0, low ? (choice?.bottom ?? 0) : tools.bottom), bottom: low ? Math.max(0, (globalThis.visualViewport?.height ?? innerHeight) - tools.top) : 0 };
}
