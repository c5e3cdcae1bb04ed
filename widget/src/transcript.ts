// The lines of a conversation in the order of the server's ids, whichever way and however often they arrive.

import { BOT, BUYER, type Line, type Outgoing, type Question, type Reply, type UploadRequest } from "./model";

export class Transcript {
  readonly lines: Line[] = [];

  /** Puts lines in their places; one that is known already, by its id or client id, is replaced. */
  merge(lines: Iterable<Line>): void {
    for (const line of lines) this.put(line);
  }

  /** The greatest id of a line that somebody else than the buyer wrote. */
  get newest(): number {
    return this.lines.reduce((most, line) => (line.author === BUYER ? most : Math.max(most, Number(line.id))), 0);
  }

  /** The lines since the buyer's last one: what can still be answered. */
  get latest(): Line[] {
    return this.lines.slice(this.lines.findLastIndex((line) => line.author === BUYER) + 1);
  }

  get question(): Question | undefined {
    return this.asking?.question ?? undefined;
  }

  get upload(): UploadRequest | undefined {
    return this.asking?.upload ?? undefined;
  }

  /** The line that puts the open question. */
  get asking(): Line | undefined {
    return this.latest.findLast((line) => line.question);
  }

  /** Takes out the buyer's line with that client id. */
  remove(clientId: string): void {
    const place = this.lines.findIndex((line) => line.client_id === clientId);
    if (place >= 0) this.lines.splice(place, 1);
  }

  private put(line: Line): void {
    const known = this.lines.findIndex(
      (other) => (line.id && other.id === line.id) || (line.client_id && other.client_id === line.client_id),
    );
    if (known >= 0) {
      this.lines[known] = { ...this.lines[known], ...line };
      return;
    }
    const later = line.id ? this.lines.findIndex((other) => other.id && Number(other.id) > Number(line.id)) : -1;
    this.lines.splice(later < 0 ? this.lines.length : later, 0, line);
  }
}

/** A reply of the desk as a line. */
export function said(reply: Reply): Line {
  return { author: BOT, created_at: new Date().toISOString(), ...reply };
}

/** What the buyer wrote or pressed as a line. */
export function asLine(outgoing: Outgoing): Line {
  return { author: BUYER, client_id: outgoing.client_id, created_at: outgoing.created_at, text: outgoing.title };
}
