// Calls to the desk. The bearer token travels in a header only.

import type { Evidence, Line, Opened, Outgoing, Presence, Reply } from "./model";

/** The desk said no, and asking again would not help. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** No answer, or one that means "later": the same call may be made again. */
export class Unreachable extends Error {}

export interface Credentials {
  id: string;
  token: string;
}

export interface Sent {
  evidence: Evidence;
  replies: Reply[];
}

const REQUEST_MS = 30_000;
const RETRIABLE = new Set([408, 425, 429]);

export class Api {
  constructor(readonly base: string) {}

  open(body: Record<string, string>): Promise<Opened> {
    return this.call<Opened>("/api/conversations", { method: "POST", body: JSON.stringify(body) });
  }

  history(who: Credentials, after: number): Promise<{ messages: Line[]; links: { transcript: string } }> {
    return this.call(`/api/conversations/${who.id}/messages?after=${after}`, {}, who);
  }

  async say(who: Credentials, outgoing: Outgoing): Promise<Reply[]> {
    const { client_id, text, payload } = outgoing;
    const body = JSON.stringify(payload === undefined ? { client_id, text } : { client_id, payload });
    const path = `/api/conversations/${who.id}/messages`;
    return (await this.call<{ replies: Reply[] }>(path, { method: "POST", body }, who)).replies;
  }

  /** Tells what the buyer has seen and does; the answer tells the same of the desk. */
  seen(who: Credentials, seen: { read: number; typing: boolean }): Promise<Presence> {
    return this.call(`/api/conversations/${who.id}/seen`, { method: "POST", body: JSON.stringify(seen) }, who);
  }

  /** The raw event stream; ends when the connection does. */
  async events(who: Credentials, after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers = { ...bearer(who), "Last-Event-ID": String(after) };
    const answer = await reach(fetch(`${this.base}/api/conversations/${who.id}/events`, { headers, signal }));
    if (!answer.ok || !answer.body) throw await failure(answer.status, await answer.text());
    return answer.body;
  }

  async picture(link: string): Promise<Blob> {
    const answer = await reach(fetch(this.address(link)));
    if (!answer.ok) throw new Unreachable();
    return answer.blob();
  }

  address(path: string): string {
    return new URL(path, `${this.base}/`).href;
  }

  /** Sends a file with progress, which only XMLHttpRequest tells of. `progress` gets a share from 0 to 1. */
  upload(who: Credentials, form: FormData, progress: (share: number) => void, signal: AbortSignal): Promise<Sent> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${this.base}/api/conversations/${who.id}/evidence`);
      request.setRequestHeader("Authorization", bearer(who).Authorization);
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
      request.onerror = () => reject(new Unreachable());
      request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
      request.onload = () =>
        request.status === 201
          ? resolve(JSON.parse(request.responseText) as Sent)
          : reject(failure(request.status, request.responseText));
      signal.addEventListener("abort", () => request.abort(), { once: true });
      request.send(form);
    });
  }

  private async call<T>(path: string, init: RequestInit, who?: Credentials): Promise<T> {
    const headers = {
      ...(init.body ? { "Content-Type": "application/json" } : {}),
      ...(who ? bearer(who) : {}),
    };
    const answer = await reach(
      fetch(this.base + path, { ...init, headers, signal: AbortSignal.timeout(REQUEST_MS) }),
    );
    const body = await reach(answer.text());
    if (!answer.ok) throw failure(answer.status, body);
    return JSON.parse(body) as T;
  }
}

function bearer(who: Credentials) {
  return { Authorization: `Bearer ${who.token}` };
}

async function reach<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

function failure(status: number, body: string): Error {
  if (status >= 500 || RETRIABLE.has(status)) return new Unreachable(String(status));
  try {
    const { error } = JSON.parse(body) as { error: { code: string; message: string } };
    return new Refused(status, error.code, error.message);
  } catch {
    return new Refused(status, "http_error", String(status));
  }
}
