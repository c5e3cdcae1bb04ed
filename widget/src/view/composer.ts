// Where the buyer writes and sends: files, the message, a person, the conversation as a file.

import { html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "../conversation";
import * as icons from "../icons";
import type { Line } from "../model";
import type { Wording } from "../wording";
import { renderRequest, renderUploads } from "./files";

const AUTOCOMPLETE: Record<string, string> = { email: "email" };
const INPUT_MODE: Record<string, string> = { email: "email", number: "numeric" };

export interface Composing {
  words: Wording;
  conversation: Conversation;
  notice: string;
  dragging: boolean;
  take(files: File[]): void;
  write(text: string): void;
  person(): void;
  download(): void;
}

export function renderComposer(composing: Composing): TemplateResult {
  const { words, conversation, take, dragging, person, download } = composing;
  const { upload, question } = conversation.transcript;
  const receiving = { words, uploads: conversation.uploads, take, dragging };
  const notice = composing.notice || refusalText(conversation, words);
  return html`<div class="composer" data-question=${question?.id ?? nothing}>
    ${renderUploads(receiving)}
    ${upload ? renderRequest(upload, receiving) : nothing}
    <p class="notice" role="alert" ?hidden=${!notice}>${notice}</p>
    ${renderInput(composing)}
    <div class="more">
      <button type="button" class="quiet" @click=${person}>${icons.person}<span>${words.say("person")}</span></button>
      <button type="button" class="quiet" @click=${download}>${icons.download}<span>${words.say("download")}</span></button>
    </div>
  </div>`;
}

function renderInput({ words, conversation, write }: Composing): TemplateResult {
  const { question, asking } = conversation.transcript;
  const { memory, attendance } = conversation;
  const kind = question?.kind ?? "";
  const label = inputLabel(asking, words);
  const submit = (event: Event) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector("textarea")!;
    const text = input.value.trim();
    if (!text) return;
    memory.unsent = "";
    input.value = "";
    write(text);
    input.focus();
  };
  const typed = (event: Event) => {
    memory.unsent = (event.target as HTMLTextAreaElement).value;
    attendance.type();
  };
  return html`<form class="write" @submit=${submit}>
    <textarea id="message" rows="1" maxlength="4000" aria-label=${label.name} placeholder=${label.hint}
      autocomplete=${AUTOCOMPLETE[kind] ?? "off"} inputmode=${INPUT_MODE[kind] ?? "text"} enterkeyhint="send"
      .value=${memory.unsent} @input=${typed} @keydown=${sendOnEnter}></textarea>
    <button type="submit" class="icon send" aria-label=${words.say("send")} title=${words.say("send")}>${icons.send}</button>
  </form>`;
}

function sendOnEnter(event: KeyboardEvent): void {
  // Enter may also end the choice of a character (Chinese and others)
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  (event.target as HTMLTextAreaElement).form!.requestSubmit();
}

/** What is waited for, for the eye and for the ear: the open question is the label of the input. */
function inputLabel(asking: Line | undefined, words: Wording): { name: string; hint: string } {
  const kind = asking?.question?.kind;
  const hint = words.say(kind ? `answer_${kind}` : "message");
  return { hint, name: asking ? `${hint}: ${asking.text.split("\n")[0]}` : hint };
}

function refusalText({ refusal }: Conversation, words: Wording): string {
  if (!refusal) return "";
  return `${words.say("not_sent")}: “${refusal.outgoing.title.slice(0, 80)}”. ${words.why(refusal.why)}`;
}
