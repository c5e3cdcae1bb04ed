// One conversation as this page has it: opened, resumed, kept up to date, in step with the other tabs.

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type Api, Refused, type Sent } from "./api";
import { Attendance } from "./attendance";
import { follow } from "./events";
import { type Memory, newClientId, type Remembered } from "./memory";
import { BOT, BUYER, type Line, type Outgoing, type Reply } from "./model";
import { Outbox } from "./outbox";
import { Transcript } from "./transcript";
import { type Upload, Uploads } from "./uploads";
import { alone, backOff } from "./waiting";

export interface Opening {
  shop: string;
  locale: string;
  customerToken: string;
}

export class Conversation implements ReactiveController {
  transcript = new Transcript();
  ready = false;
  /** Why the conversation cannot be opened at all, such as a page that the shop has not listed. */
  failure: Refused | undefined;
  /** What the last line was refused for, until the next one is written. */
  refusal: { outgoing: Outgoing; why: Refused } | undefined;
  reachable = true;
  readonly outbox: Outbox;
  readonly uploads: Uploads;
  readonly attendance: Attendance;
  private transcriptLink = "";
  private synced = 0;
  private readonly end = new AbortController();
  private readonly tabs: BroadcastChannel;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly api: Api,
    readonly memory: Memory,
    private readonly opening: Opening,
  ) {
    const delivery = {
      delivered: (outgoing: Outgoing, replies: Reply[]) => this.delivered(outgoing, replies),
      refused: (outgoing: Outgoing, why: Refused) => this.refused(outgoing, why),
      connected: (yes: boolean) => this.connected(yes),
    };
    this.outbox = new Outbox(api, memory, delivery, this.end.signal);
    this.uploads = new Uploads(api, () => memory.conversation, {
      changed: () => host.requestUpdate(),
      uploaded: (upload, sent) => this.uploaded(upload, sent),
    });
    const read = () => memory.conversation?.read ?? 0;
    this.attendance = new Attendance(api, read, () => this.attended(), this.end.signal);
    this.tabs = new BroadcastChannel(memory.key);
    this.tabs.onmessage = ({ data }: MessageEvent<string>) => this.toldBy(data);
    addEventListener("online", this.online, { signal: this.end.signal });
    addEventListener("offline", this.online, { signal: this.end.signal });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  close(): void {
    this.end.abort();
    this.tabs.close();
    this.uploads.cancelAll();
    this.host.removeController(this);
  }

  get known(): boolean {
    return this.memory.conversation !== undefined;
  }

  /** Waiting for the desk's answer to what was written. */
  get awaiting(): boolean {
    return this.ready && this.reachable && navigator.onLine && this.outbox.waiting.length > 0;
  }

  get unread(): number {
    const read = this.memory.conversation?.read ?? 0;
    return this.transcript.lines.filter((line) => line.author !== BUYER && Number(line.id) > read).length;
  }

  markRead(): void {
    const kept = this.memory.conversation;
    if (kept && this.transcript.newest > kept.read) {
      this.memory.conversation = { ...kept, read: this.transcript.newest };
    }
  }

  /** Resumes the conversation that the browser remembers; with `open` begins one where there is none. */
  async start(open: boolean): Promise<void> {
    if (this.ready || (!open && !this.known)) return;
    for (let attempt = 0; !this.end.signal.aborted; attempt++) {
      try {
        await alone(`${this.memory.key}:open`, () => this.resumeOrOpen(open), this.end.signal);
        break;
      } catch (error) {
        if (error instanceof Refused) {
          this.failure = error;
          return this.host.requestUpdate();
        }
        this.connected(false);
        await backOff(attempt, this.end.signal);
      }
    }
    if (this.ready) this.run();
  }

  say(text: string): void {
    this.send({ text, title: text });
  }

  press(title: string, payload: string): void {
    this.send({ payload, title });
  }

  private send(what: Pick<Outgoing, "title" | "text" | "payload">): void {
    const outgoing = { ...what, client_id: newClientId(), created_at: new Date().toISOString() };
    this.refusal = undefined;
    this.transcript.merge([asLine(outgoing)]);
    this.outbox.add(outgoing, this.memory.conversation);
    this.host.requestUpdate();
    this.tell();
  }

  /** The address of the conversation as a text file, good for a while; empty when there is no conversation yet. */
  async transcriptAddress(): Promise<string> {
    await this.catchUp();
    return this.transcriptLink && this.api.address(this.transcriptLink);
  }

  private async resumeOrOpen(open: boolean): Promise<void> {
    const known = this.memory.conversation;
    if (known) {
      try {
        await this.sync(known);
        this.ready = true;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.memory.conversation = undefined; // erased, or of another desk
      }
    }
    if (!this.ready && open) {
      await this.openNew();
      this.ready = true;
    }
    this.transcript.merge(this.outbox.waiting.map(asLine));
    this.connected(true);
  }

  private async openNew(): Promise<void> {
    const { shop, locale, customerToken } = this.opening;
    const body: Record<string, string> = { shop, locale };
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone) body.time_zone = zone;
    const known: Record<string, string> = customerToken ? { customer_token: customerToken } : {};
    const opened = await this.api.open({ ...body, ...known }).catch((error: unknown) => {
      // a token that has run out: the buyer can still name the order and the address
      if (error instanceof Refused && error.code === "invalid_customer_token") return this.api.open(body);
      throw error;
    });
    this.memory.conversation = { id: opened.id, token: opened.token, menu: opened.menu, read: 0 };
    this.transcript.merge(opened.greeting.map(said));
    this.synced = this.transcript.newest;
  }

  private run(): void {
    const who = this.memory.conversation!;
    void this.outbox.flush(who);
    void this.attendance.attend(who);
    const listener = {
      newest: () => this.synced,
      line: (line: Line) => this.arrived(line),
      connected: (yes: boolean) => this.connected(yes),
      gone: () => this.connected(true),
    };
    // one tab listens for all: a browser opens only six connections to a host
    const listening = () => follow(this.api, who, listener, this.end.signal);
    alone(`${this.memory.key}:events`, listening, this.end.signal).catch(() => undefined);
  }

  private async sync(who: Remembered): Promise<void> {
    const { messages, links } = await this.api.history(who, this.synced);
    this.transcriptLink = links.transcript;
    this.transcript.merge(messages);
    for (const line of messages) this.synced = Math.max(this.synced, Number(line.id));
    this.host.requestUpdate();
  }

  /** Another tab has news, or the connection is back. */
  private async catchUp(): Promise<void> {
    const known = this.memory.conversation;
    if (!this.ready || !known) return this.start(false);
    this.transcript.merge(this.outbox.waiting.map(asLine));
    await this.sync(known).catch(() => undefined);
  }

  private delivered(outgoing: Outgoing, replies: Reply[]): void {
    this.transcript.merge([asLine(outgoing), ...replies.map(said)]);
    if (!replies.length) this.askWhoAnswers();
    this.host.requestUpdate();
    this.tell();
  }

  private refused(outgoing: Outgoing, why: Refused): void {
    this.transcript.remove(outgoing.client_id);
    this.refusal = { outgoing, why };
    this.host.requestUpdate();
    this.tell(outgoing.client_id);
  }

  private uploaded(upload: Upload, sent: Sent): void {
    const line: Line = {
      author: BUYER,
      client_id: upload.client_id,
      created_at: new Date().toISOString(),
      text: `[${upload.label}]`,
      evidence: sent.evidence,
    };
    this.transcript.merge([line, ...sent.replies.map(said)]);
    this.tell();
  }

  private arrived(line: Line): void {
    this.synced = Math.max(this.synced, Number(line.id));
    this.transcript.merge([line]);
    this.askWhoAnswers();
    this.host.requestUpdate();
    this.tell();
  }

  /** Nobody replied at once, or somebody wrote by themselves: perhaps a person has the conversation. */
  private askWhoAnswers(): void {
    const known = this.memory.conversation;
    if (known) void this.attendance.attend(known);
  }

  /** Read marks stand by the server's ids, which a turn does not tell of the buyer's own lines. */
  private attended(): void {
    const known = this.memory.conversation;
    if (known && this.attendance.withPerson) void this.sync(known).catch(() => undefined);
    this.host.requestUpdate();
  }

  /** Tells the other tabs that there are news, or that the line with a client id was refused. */
  private tell(refused = ""): void {
    if (!this.end.signal.aborted) this.tabs.postMessage(refused);
  }

  private toldBy(refused: string): void {
    this.transcript.remove(refused);
    void this.catchUp();
  }

  private connected(yes: boolean): void {
    const back = yes && !this.reachable;
    this.reachable = yes;
    this.host.requestUpdate();
    if (back) {
      this.uploads.retryFailed();
      const known = this.memory.conversation;
      if (known && this.ready) void this.outbox.flush(known);
    }
  }

  private readonly online = () => {
    if (navigator.onLine) this.uploads.retryFailed();
    this.host.requestUpdate();
  };
}

function said(reply: Reply): Line {
  return { author: BOT, created_at: new Date().toISOString(), ...reply };
}

function asLine(outgoing: Outgoing): Line {
  return { author: BUYER, client_id: outgoing.client_id, created_at: outgoing.created_at, text: outgoing.title };
}
