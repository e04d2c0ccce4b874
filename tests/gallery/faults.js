(() => {
  const surface = document.body.className.split(" ")[0];
  const unit = Math.min(innerWidth / 1920, innerHeight / 1080);
  const floor = { screen: 32 * unit, phone: 16, desk: innerWidth < 768 ? 14 : 12.5, page: 13, print: 12 }[surface];
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const element = text.parentElement;
    const box = element.getBoundingClientRect();
    if (!text.data.trim() || !box.width || element.closest(".visually-hidden, .gommette, .keycap, .plan, .tag, .reference")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < floor - 0.1) faults.add(`text ${size.toFixed(1)} < ${floor.toFixed(1)}: ${text.data.trim().slice(0, 30)}`);
    if (surface === "screen" && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1)) faults.add(`outside: ${text.data.trim().slice(0, 30)}`);
  }
  if (surface !== "screen") {
    for (const target of document.querySelectorAll("button, .button, .choice, summary, input:not([type=radio], [type=checkbox]), select, textarea, .toggle label")) {
      const box = target.getBoundingClientRect();
      if (box.width && (box.height < 43.9 || box.width < 43.9)) faults.add(`target ${box.width.toFixed(0)}×${box.height.toFixed(0)}: ${target.className} ${target.textContent.trim().slice(0, 20)}`);
    }
  } else {
    const scene = document.querySelector(".screen-scene");
    if (scene && scene.scrollHeight > scene.clientHeight + 2) faults.add(`scene overflows by ${scene.scrollHeight - scene.clientHeight}`);
    for (const row of document.querySelectorAll(".result-row, .merit-row, .scale-row")) {
      const inner = Math.max(...[...row.children].map((child) => child.getBoundingClientRect().bottom));
      const excess = inner - row.getBoundingClientRect().bottom;
      if (excess > 2) faults.add(`row overflows by ${excess.toFixed(0)}: ${row.textContent.trim().slice(0, 25)}`);
    }
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.add(`page wider than its window by ${wide}`);
  return [...faults];
})()
