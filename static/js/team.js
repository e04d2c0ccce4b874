/** « Personnes qui écrivent »: the link just made is shared or copied in one gesture, where the device can. */
import { QrShare } from "./elements/qr-share.js";

customElements.define("qr-share", QrShare);
