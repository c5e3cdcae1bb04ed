import { RedressChat } from "./chat";
import { RedressPicture } from "./picture";

if (!customElements.get("redress-chat")) {
  customElements.define("redress-picture", RedressPicture);
  customElements.define("redress-chat", RedressChat);
}
