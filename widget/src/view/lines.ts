// The lines of the conversation as bubbles and cards.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Api } from "../api";
import * as icons from "../icons";
import { BUYER, type Line, MACHINES } from "../model";
import type { Wording } from "../wording";
import { assessmentCard, ticketCard } from "./cards";

export interface Shown {
  words: Wording;
  api: Api;
  /** Client ids of the buyer's lines that wait to be sent. */
  waiting: Set<string>;
  online: boolean;
  /** The greatest id of a line that the person on the other side has read. */
  readTo: number;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d$/;

export function renderLines(lines: readonly Line[], shown: Shown): TemplateResult {
  const rows = lines.map((line, place) => ({ line, before: lines[place - 1], after: lines[place + 1] }));
  return html`${repeat(
    rows,
    ({ line }) => (line.author === BUYER ? line.client_id : line.id),
    ({ line, before, after }) => html`${separator(line, before, shown)}${row(line, before, after, shown)}`,
  )}`;
}

function separator(line: Line, before: Line | undefined, { words }: Shown) {
  const day = words.day(line.created_at);
  return before && words.day(before.created_at) === day ? nothing : html`<p class="day">${day}</p>`;
}

function row(line: Line, before: Line | undefined, after: Line | undefined, shown: Shown): TemplateResult {
  const mine = line.author === BUYER;
  const machine = MACHINES.has(line.author);
  const last = !after || after.author !== line.author;
  const name = mine ? shown.words.say("you") : machine ? shown.words.say("assistant") : line.author;
  const person = !mine && !machine && before?.author !== line.author;
  return html`<div class="row ${mine ? "mine" : "theirs"} ${last ? "last" : ""}" data-id=${line.id ?? nothing}>
    <span class="unseen">${name}:</span>
    ${person ? html`<span class="name" aria-hidden="true">${icons.person}${name}</span>` : nothing}
    ${line.assessment ? assessmentCard(line, shown.words) : line.ticket ? ticketCard(line, shown.words) : bubble(line, shown)}
    ${queued(line, shown) || (last && !(after && sameMinute(line, after))) ? html`<span class="meta">${meta(line, shown)}</span>` : nothing}
  </div>`;
}

function sameMinute(one: Line, other: Line): boolean {
  return Math.floor(Date.parse(one.created_at) / 60_000) === Math.floor(Date.parse(other.created_at) / 60_000);
}

function queued(line: Line, { waiting, online }: Shown): boolean {
  return !online && Boolean(line.client_id) && waiting.has(line.client_id!);
}

function meta(line: Line, shown: Shown) {
  const { words, readTo } = shown;
  if (queued(line, shown)) return html`${icons.clock}${words.say("queued")}`;
  const read = line.author === BUYER && line.id && Number(line.id) <= readTo;
  return html`<time datetime=${line.created_at}>${words.time(line.created_at)}</time>${read ? ` · ${words.say("read")}` : ""}`;
}

function bubble(line: Line, { words, api }: Shown): TemplateResult {
  if (line.evidence) return sentFile(line, words, api);
  const text = line.author === BUYER && ISO_DATE.test(line.text) ? words.date(line.text) : line.text;
  return html`<div class="bubble" dir="auto">${text}</div>`;
}

function sentFile(line: Line, words: Wording, api: Api): TemplateResult {
  const label = line.text.replace(/^\[(.*)\]$/s, "$1");
  const link = line.evidence!.links.thumbnail;
  return html`<figure class="bubble photo">
    <redress-picture .source=${fetching(api, link)} label=${words.say("photo_sent", { label })}></redress-picture>
    <figcaption dir="auto">${label}</figcaption>
  </figure>`;
}

const links = new Map<string, string>();
const fetchers = new Map<string, () => Promise<Blob>>();

/** The same function for the same file, so that a new link to it does not draw the picture again; links run out. */
function fetching(api: Api, link: string): () => Promise<Blob> {
  const key = link.split("?")[0]!;
  links.set(key, link);
  const known = fetchers.get(key) ?? (() => api.picture(links.get(key)!));
  fetchers.set(key, known);
  return known;
}
