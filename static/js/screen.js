/**
 * The projector's own keyboard: F for full screen, and a lamp that does not go to sleep. Nothing on the page is pressed.
 */
const FULL_SCREEN_KEY = "f";

async function stayAwake() {
  if (document.hidden || !navigator.wakeLock) return; // plain HTTP: the computer's own settings decide
  await navigator.wakeLock.request("screen").catch(() => {});
}

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== FULL_SCREEN_KEY || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.fullscreenElement) void document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
});
document.addEventListener("visibilitychange", () => void stayAwake());
void stayAwake();
