// What no rule of axe sees on a hand-held page: wider than its window, a target under 44 px, words cut at the edge.
() => {
  const faults = new Set();
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.add(`page wider than its window by ${root.scrollWidth - innerWidth}`);
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className} « ${(element.innerText || element.name || element.ariaLabel || "").trim().slice(0, 30)} »`;
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden, [aria-hidden=true]");
  const dialog = document.querySelector("dialog[open]");
  const inReach = (element) => seen(element) && (!dialog || dialog.contains(element));
  const scrolls = (element) => {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(around).overflowX)) return true;
    }
    return false;
  };
  // A citation stands in a sentence, as a link does: WCAG 2.5.8 leaves it the height of its line.
  const targets = "button:not(.citation), .button, .link-button, summary, select, textarea, label.choice, label.check, .toggle label, input:not([type=radio], [type=checkbox], [type=hidden]), nav a, [role=tab]";
  for (const target of [...document.querySelectorAll(targets)].filter(inReach)) {
    const { width, height, left, right } = target.getBoundingClientRect();
    if (!width || getComputedStyle(target).opacity === "0") continue;
    if (height < 43.9 || width < 43.9) faults.add(`${Math.round(width)}×${Math.round(height)} ${name(target)}`);
    if ((left < -1 || right > innerWidth + 1) && !scrolls(target)) faults.add(`outside ${name(target)}`);
  }
  for (const box of [...document.querySelectorAll("input[type=radio], input[type=checkbox]")].filter(inReach)) {
    const around = (box.closest("label") ?? box).getBoundingClientRect();
    if (around.height < 43.9) faults.add(`${Math.round(around.width)}×${Math.round(around.height)} ${name(box.closest("label") ?? box)}`);
  }
  return [...faults];
}
