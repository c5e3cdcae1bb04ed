// Server-sent events over fetch: EventSource cannot send the bearer token in a header.

import { type Api, type Credentials, Refused, Unreachable } from "./api";
import type { Line } from "./model";
import { backOff } from "./waiting";

/** The desk says at least every 15 s that it is still there; a line that is silent for so long is dead. */
const SILENCE_MS = 45_000;

export interface Listener {
  /** The id of the newest line that is known, for Last-Event-ID. */
  newest(): number;
  line(line: Line): void;
  connected(yes: boolean): void;
}

/** Follows the news of a conversation until `signal` aborts or the desk refuses it, connecting again whenever the stream
 * ends. */
export async function follow(api: Api, who: Credentials, listener: Listener, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      const stream = await api.events(who, listener.newest(), signal);
      attempt = 0;
      listener.connected(true);
      for await (const line of lines(stream)) listener.line(line);
    } catch (error) {
      if (error instanceof Refused) return listener.connected(true);
    }
    if (signal.aborted) return;
    listener.connected(false);
    await backOff(attempt, signal);
  }
}

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<Line> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await unlessSilent(reader.read());
      if (done) return;
      text += value;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const data = event.split("\n").filter((part) => part.startsWith("data: "));
        if (data.length) yield JSON.parse(data.map((part) => part.slice(6)).join("\n")) as Line;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function unlessSilent<T>(reading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Unreachable("silent")), SILENCE_MS);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
