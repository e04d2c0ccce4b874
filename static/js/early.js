/** The page before the opening: asks the server now and then, and comes back only when the doors are open. */

const EVERY_MS = 15_000;

async function look() {
  try {
    const page = await (await fetch(location.href, { cache: "no-store" })).text();
    if (!page.includes("data-early")) location.reload();
  } catch {
    // No network: the next look will tell.
  }
}

setInterval(look, EVERY_MS);
document.addEventListener("visibilitychange", () => document.hidden || look());
