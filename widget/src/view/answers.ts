// What can be pressed or picked instead of typed: choices, items, a number, a date.

import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import * as icons from "../icons";
import type { Line } from "../model";
import type { Wording } from "../wording";

export interface Answering {
  words: Wording;
  press(title: string, payload: string): void;
  say(text: string): void;
}

const UNITS = /^(.*) × (\d+)$/s;

/** The choices of a line, and the input that fits its question. */
export function renderAnswers(line: Line, answering: Answering): TemplateResult {
  const kind = line.question?.kind;
  return html`${renderChoices(line, answering)}
  ${kind === "date" ? dateInput(line, answering) : nothing}
  ${kind === "number" && !line.choices?.length ? numberInput(line, answering) : nothing}`;
}

function renderChoices(line: Line, { words, press }: Answering) {
  if (!line.choices?.length) return nothing;
  const items = line.question?.kind === "items";
  return html`<div class="choices ${items ? "items" : ""}" role="group" aria-label=${line.text.split("\n")[0] || words.say("choices")}>
    ${line.choices.map(
      ({ title, payload }) => html`<button
        type="button"
        class=${items ? "item" : "choice"}
        @click=${() => press(title, payload)}
      >${items ? itemTitle(title) : html`<span dir="auto">${title}</span>`}</button>`,
    )}
  </div>`;
}

function itemTitle(title: string): TemplateResult {
  const [, name = title, units] = UNITS.exec(title) ?? [];
  return html`<span class="glyph">${icons.bag}</span><span class="what" dir="auto">${name}</span>
    ${units ? html`<span class="units">× ${units}</span>` : nothing}`;
}

function dateInput(line: Line, { words, say }: Answering): TemplateResult {
  const input = createRef<HTMLInputElement>();
  const today = new Date();
  const latest = new Date(today.getTime() - today.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const submit = (event: Event) => {
    event.preventDefault();
    if (input.value?.value) say(input.value.value);
  };
  return html`<form class="pick" @submit=${submit}>
    <input type="date" required max=${latest} aria-label=${line.text.split("\n")[0] || words.say("answer_date")} ${ref(input)} />
    <button type="submit" class="choice">${words.say("use_answer")}</button>
  </form>`;
}

function numberInput(line: Line, { words, say }: Answering): TemplateResult {
  const input = createRef<HTMLInputElement>();
  const step = (by: number) => () => (by > 0 ? input.value!.stepUp() : input.value!.stepDown());
  const submit = (event: Event) => {
    event.preventDefault();
    say(input.value!.value);
  };
  return html`<form class="pick" @submit=${submit}>
    <button type="button" class="icon" aria-label=${words.say("less")} @click=${step(-1)}>${icons.minus}</button>
    <input type="number" required min="1" step="1" value="1" inputmode="numeric"
      aria-label=${line.text.split("\n")[0] || words.say("answer_number")} ${ref(input)} />
    <button type="button" class="icon" aria-label=${words.say("more")} @click=${step(1)}>${icons.plus}</button>
    <button type="submit" class="choice">${words.say("use_answer")}</button>
  </form>`;
}
