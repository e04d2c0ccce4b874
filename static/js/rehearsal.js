/** The page of the rehearsal: follows it while it goes on, then draws the whole page once, verdict and buttons. */
const PAUSE_MS = 1500;

/**
 * @param {HTMLElement} region
 * @param {string} address
 */
async function follow(region, address) {
  const reply = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (reply?.ok) {
    const fresh = document.createElement("template");
    fresh.innerHTML = await reply.text();
    const goesOn = fresh.content.querySelector("a[href$='/repetition']") !== null;
    if (!goesOn) {
      window.location.replace(window.location.pathname);
      return;
    }
    if (region.innerHTML !== fresh.innerHTML) region.replaceChildren(fresh.content);
  }
  setTimeout(() => void follow(region, address), PAUSE_MS);
}

const region = document.getElementById("rehearsal");
const address = region?.dataset.follow;
if (region && address) setTimeout(() => void follow(region, address), PAUSE_MS);
