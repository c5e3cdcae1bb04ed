// The round button that opens and closes the chat.

import { html, nothing, type TemplateResult } from "lit";
import * as icons from "../icons";
import type { Wording } from "../wording";

const MOST_SHOWN = 9;

export function renderLauncher(open: boolean, unread: number, words: Wording, toggle: () => void): TemplateResult {
  const label = words.say("launcher");
  const count = open ? 0 : unread;
  const told = count ? `${label}, ${words.say("unread", { count })}` : label;
  return html`<button id="launcher" part="launcher" type="button" aria-expanded=${open} aria-controls="panel"
    aria-label=${told} title=${label} @click=${toggle}>
    ${open ? icons.close : icons.chat}
    ${count ? html`<span class="badge" aria-hidden="true">${count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}</span>` : nothing}
  </button>`;
}
