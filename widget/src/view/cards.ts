// What is more than a bubble: the outcome of a claim, and its ticket.

import { html, nothing, type TemplateResult } from "lit";
import * as icons from "../icons";
import type { Assessment, Line } from "../model";
import type { Wording } from "../wording";

/** The outcome, its reasons, the remedies, the clauses that it rests on, and the deadline. */
export function assessmentCard({ text, assessment }: Line, words: Wording): TemplateResult {
  const { outcome, deadline, remedies = [], clauses = [] } = assessment as Assessment;
  const lines = text.split("\n").filter(Boolean);
  const [first, ...rest] = lines.slice(0, lines.length - clauses.length);
  const other = rest.filter((line) => !remedies.includes(line));
  return html`<article class="card outcome" data-outcome=${outcome} aria-label=${words.say("summary")}>
    <p class="chip">${words.sayIfKnown(`outcome_${outcome}`) ?? outcome}</p>
    <p class="lead" dir="auto">${first}</p>
    ${remedies.length
      ? html`<ul class="remedies">${remedies.map((one) => html`<li>${icons.check}<span dir="auto">${one}</span></li>`)}</ul>`
      : nothing}
    ${other.map((line) => html`<p dir="auto">${line}</p>`)}
    ${clauses.length
      ? html`<div class="policy">
          <p>${words.say("policy")}</p>
          <ul>${clauses.map(({ ref, says }) => html`<li dir="auto">${says} <span class="ref">${words.say("clause", { ref })}</span></li>`)}</ul>
        </div>`
      : nothing}
    ${deadline ? deadlineLine(deadline, words) : nothing}
  </article>`;
}

function deadlineLine(deadline: string, words: Wording): TemplateResult {
  return html`<p class="deadline">
    ${icons.clock}<span>${words.say("deadline")}</span>
    <time datetime=${deadline}>${words.instant(deadline)}</time>
    <span class="distance">${words.distance(deadline)}</span>
  </p>`;
}

export function ticketCard(line: Line, words: Wording): TemplateResult {
  const { number, state } = line.ticket!;
  return html`<article class="card ticket" data-state=${state} aria-label="${words.say("ticket")} ${number}">
    <p class="head">${icons.ticket}<strong>${number}</strong></p>
    <p class="chip">${words.sayIfKnown(`state_${state}`) ?? state}</p>
    <p dir="auto">${line.text}</p>
  </article>`;
}
