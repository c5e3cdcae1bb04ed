// Server-sent events over fetch: EventSource cannot send the bearer token in a header.

import { type Api, type Credentials, Refused } from "./api";
import type { Line } from "./model";
import { backOff } from "./waiting";

export interface Listener {
  /** The id of the newest line that is known, for Last-Event-ID. */
  newest(): number;
  line(line: Line): void;
  connected(yes: boolean): void;
  gone(): void;
}

/** Follows the news of a conversation until `signal` aborts, connecting again whenever the stream ends. */
export async function follow(api: Api, who: Credentials, listener: Listener, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      const stream = await api.events(who, listener.newest(), signal);
      attempt = 0;
      listener.connected(true);
      for await (const line of lines(stream)) listener.line(line);
    } catch (error) {
      if (error instanceof Refused) return listener.gone();
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
      const { done, value } = await reader.read();
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
