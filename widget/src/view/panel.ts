// The panel from its title to its newest line.

import { html, nothing, type TemplateResult } from "lit";
import type { Api } from "../api";
import type { Conversation } from "../conversation";
import * as icons from "../icons";
import type { Wording } from "../wording";
import { type Answering, renderAnswers } from "./answers";
import { renderLines } from "./lines";

export interface Talk {
  words: Wording;
  conversation: Conversation;
  api: Api;
  answering: Answering;
}

export function renderTop(conversation: Conversation, words: Wording, close: () => void): TemplateResult {
  const label = words.say("close");
  return html`<div class="top">
    <span class="mark">${icons.chat}</span>
    <div><h2 id="title">${words.say("title")}</h2><p>${whoAnswers(conversation, words)}</p></div>
    <button type="button" class="icon" aria-label=${label} title=${label} @click=${close}>${icons.close}</button>
  </div>`;
}

function whoAnswers({ attendance: { presence } }: Conversation, words: Wording): string {
  if (presence?.mode === "person") return words.say("with_person", { name: presence.person ?? words.say("a_person") });
  return words.say(presence?.mode === "waiting" ? "waiting_person" : "subtitle");
}

export function renderConnection(conversation: Conversation, words: Wording): TemplateResult {
  const opening = !conversation.ready && !conversation.failure;
  const key = !navigator.onLine ? "offline" : conversation.connection.troubled ? "reconnecting" : opening ? "opening" : "";
  return html`<p class="connection" role="status">${key && words.say(key)}</p>`;
}

export function renderLog(talk: Talk, scrolled: () => void): TemplateResult {
  const { words, conversation } = talk;
  return html`<div id="log" role="log" aria-label=${words.say("log")} aria-busy=${!conversation.ready} tabindex="0" @scroll=${scrolled}>
    ${conversation.failure ? html`<p class="day">${words.say("cannot_open")}</p>` : renderTalk(talk)}
  </div>`;
}

function renderTalk({ words, conversation, api, answering }: Talk): TemplateResult {
  const { transcript, attendance, outbox, connection } = conversation;
  const waiting = new Set(outbox.waiting.map((one) => one.client_id));
  const readTo = attendance.presence?.mode === "person" ? Number(attendance.presence.read) : 0;
  const typing = whoIsTyping(conversation, words);
  return html`${renderLines(transcript.lines, { words, api, waiting, online: !connection.troubled, readTo })}
  ${transcript.latest.map((line) => renderAnswers(line, answering))}
  ${typing
    ? html`<div class="row theirs"><div class="bubble typing"><i></i><i></i><i></i><span class="unseen">${typing}</span></div></div>`
    : nothing}`;
}

function whoIsTyping({ attendance: { presence }, awaiting }: Conversation, words: Wording): string {
  if (presence?.mode === "person") {
    return presence.typing ? words.say("person_typing", { name: presence.person ?? words.say("a_person") }) : "";
  }
  return awaiting && presence?.mode !== "waiting" ? words.say("typing") : "";
}

export function renderToNewest(words: Wording, go: () => void): TemplateResult {
  const label = words.say("to_newest");
  return html`<button type="button" class="newest icon" aria-label=${label} title=${label} @click=${go}>${icons.down}</button>`;
}
