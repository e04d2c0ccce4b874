/**
 * Opens the Socket.IO connection and chooses its transport: websocket first; long polling when websocket is blocked,
 * with a try at upgrading, remembered on this device so that the next page does not wait again.
 */
import { io } from "../../vendor/socket.io-client.js";
import { memory } from "./memory.js";

const NAMESPACE = "/live";
const WEBSOCKET_FIRST = ["websocket", "polling"];
const POLLING_FIRST = ["polling", "websocket"];
const CONNECT_TIMEOUT_MS = 8_000; // some networks swallow websockets without a word
const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 3_000; // a whole hall is back within seconds of a restart, spread by the jitter
const RETRY_JITTER = 0.5;
const FAILURES_BEFORE_DOUBT = 4; // a websocket that once worked is not blamed for a server that restarts
const MEMORY = "atelier.polling";

/**
 * @param {Record<string, string>} auth what the handshake says of this page; rights come from its cookies
 * @param {string} [namespace]
 * @returns {import("socket.io-client").Socket}
 */
export function openSocket(auth, namespace = NAMESPACE) {
  let websocketWorked = false;
  let failures = 0;
  const pollingIsKnown = memory()?.getItem(MEMORY) === "yes";
  const socket = io(namespace, {
    auth,
    transports: pollingIsKnown ? POLLING_FIRST : WEBSOCKET_FIRST,
    timeout: CONNECT_TIMEOUT_MS,
    reconnectionDelay: RETRY_FIRST_MS,
    reconnectionDelayMax: RETRY_MAX_MS,
    randomizationFactor: RETRY_JITTER,
    autoConnect: false,
  });

  const websocketIsGood = () => {
    websocketWorked = true;
    memory()?.removeItem(MEMORY);
    socket.io.opts.transports = WEBSOCKET_FIRST;
  };
  socket.on("connect", () => {
    failures = 0;
    const { engine } = socket.io;
    if (engine.transport.name === "websocket") return websocketIsGood();
    memory()?.setItem(MEMORY, "yes");
    socket.io.opts.transports = POLLING_FIRST;
    engine.once("upgrade", websocketIsGood);
  });
  socket.on("connect_error", () => {
    failures += 1;
    if (websocketWorked && failures < FAILURES_BEFORE_DOUBT) return;
    socket.io.opts.transports = failures % 2 ? POLLING_FIRST : WEBSOCKET_FIRST;
  });
  return socket;
}
