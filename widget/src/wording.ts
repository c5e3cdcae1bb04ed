// The widget's sentences, dates and sizes in the buyer's language.

import texts from "virtual:texts";
import type { Refused } from "./api";

const LANGUAGES = Object.keys(texts);

export class Wording {
  readonly language: string;
  /** The buyer's own kind of the language, such as en-GB, for dates and numbers. */
  private readonly region: string;

  constructor(wanted: string) {
    const primary = (tag: string) => tag.toLowerCase().split(/[-_]/)[0];
    this.language = LANGUAGES.find((language) => primary(language) === primary(wanted)) ?? "en";
    this.region = navigator.languages.find((tag) => primary(tag) === primary(this.language)) ?? this.language;
  }

  /** A sentence of data/widget.yml, its placeholders filled. */
  say(key: string, values: Record<string, unknown> = {}): string {
    return texts[this.language]![key]!(values);
  }

  /** Why the desk refused something. Its own sentences, for what is no buyer's doing, are in English. */
  why(refused: Refused): string {
    return this.sayIfKnown(`error_${refused.code}`) ?? (refused.message || this.say("error_other"));
  }

  /** A sentence that there may not be. */
  sayIfKnown(key: string): string | undefined {
    return texts[this.language]![key]?.({});
  }

  time(at: string): string {
    return this.format(at, { hour: "numeric", minute: "2-digit" });
  }

  day(at: string, now = new Date()): string {
    const days = Math.round((startOfDay(now) - startOfDay(new Date(at))) / 86_400_000);
    if (days === 0) return this.say("today");
    if (days === 1) return this.say("yesterday");
    return this.format(at, { weekday: "long", day: "numeric", month: "long" });
  }

  /** An instant to the minute, with its zone: a deadline must not be misread. */
  instant(at: string): string {
    return this.format(at, {
      weekday: "short",
      day: "numeric",
      month: "long",
      hour: "numeric",
      minute: "2-digit",
      timeZoneName: "short",
    });
  }

  /** How far away an instant is: "in 2 days". */
  distance(at: string, now = Date.now()): string {
    const hours = (Date.parse(at) - now) / 3_600_000;
    const relative = new Intl.RelativeTimeFormat(this.region, { numeric: "auto" });
    return Math.abs(hours) < 48
      ? relative.format(Math.trunc(hours), "hour")
      : relative.format(Math.trunc(hours / 24), "day");
  }

  /** A calendar date that was answered as YYYY-MM-DD. */
  date(iso: string): string {
    const at = new Date(`${iso}T12:00:00`);
    return Number.isNaN(at.getTime())
      ? iso
      : new Intl.DateTimeFormat(this.region, { day: "numeric", month: "long", year: "numeric" }).format(at);
  }

  megabytes(bytes: number): string {
    return new Intl.NumberFormat(this.region, { maximumFractionDigits: 1 }).format(bytes / 1_048_576);
  }

  private format(at: string, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.region, options).format(new Date(at));
  }
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
