// One conversation as this page has it: opened, resumed, kept up to date, in step with the other tabs.

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type Api, Refused, type Sent } from "./api";
import { Attendance } from "./attendance";
import { Connection } from "./connection";
import { follow } from "./events";
import { type Memory, newClientId, type Remembered } from "./memory";
import { BUYER, type Line, type Outgoing, type Reply } from "./model";
import { openConversation, type Opening } from "./opening";
import { Outbox } from "./outbox";
import { Tabs } from "./tabs";
import { asLine, said, Transcript } from "./transcript";
import { type Upload, Uploads } from "./uploads";
import { alone, backOff } from "./waiting";

export class Conversation implements ReactiveController {
  transcript = new Transcript();
  ready = false;
  /** Why the conversation cannot be opened at all, such as a page that the shop has not listed. */
  failure: Refused | undefined;
  /** What the last line was refused for, until the next one is written. */
  refusal: { outgoing: Outgoing; why: Refused } | undefined;
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly uploads: Uploads;
  readonly attendance: Attendance;
  private transcriptLink = "";
  private synced = 0;
  private readonly end = new AbortController();
  private listening = new AbortController();
  private readonly tabs: Tabs;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly api: Api,
    readonly memory: Memory,
    private readonly opening: Opening,
  ) {
    const { signal } = this.end;
    this.connection = new Connection(() => host.requestUpdate(), () => this.resume(), signal);
    const delivery = {
      delivered: (outgoing: Outgoing, replies: Reply[]) => this.delivered(outgoing, replies),
      refused: (outgoing: Outgoing, why: Refused) => this.refused(outgoing, why),
      gone: () => this.beginAnew(),
      connected: (yes: boolean) => this.connection.tell(yes),
    };
    this.outbox = new Outbox(api, memory, delivery, signal);
    this.uploads = new Uploads(api, () => memory.conversation, {
      changed: () => host.requestUpdate(),
      uploaded: (upload, sent) => this.uploaded(upload, sent),
    });
    const read = () => memory.conversation?.read ?? 0;
    this.attendance = new Attendance(api, read, () => this.attended(), signal);
    this.tabs = new Tabs(memory.key, (refused) => this.toldBy(refused), signal);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  close(): void {
    this.end.abort();
    this.uploads.cancelAll();
    this.host.removeController(this);
  }

  get known(): boolean {
    return this.memory.conversation !== undefined;
  }

  /** Waiting for the desk's answer to what was written. */
  get awaiting(): boolean {
    return this.ready && this.connection.up && this.outbox.waiting.length > 0;
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
    const { signal } = this.end;
    for (let attempt = 0; !this.ready && !signal.aborted && (open || this.known); attempt++) {
      try {
        await alone(`${this.memory.key}:open`, () => this.resumeOrOpen(open), signal);
      } catch (error) {
        if (error instanceof Refused) {
          this.failure = error;
          return this.host.requestUpdate();
        }
        this.connection.tell(false);
        await backOff(attempt, signal);
      }
    }
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
    this.tabs.tell();
  }

  /** The address of the conversation as a text file, good for a while; empty when there is no conversation yet. */
  async transcriptAddress(): Promise<string> {
    await this.catchUp();
    return this.transcriptLink && this.api.address(this.transcriptLink);
  }

  private async resumeOrOpen(open: boolean): Promise<void> {
    if (this.ready) return; // asked for twice
    this.failure = undefined;
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
    this.connection.tell(true);
    if (this.ready) this.run();
  }

  private async openNew(): Promise<void> {
    const opened = await openConversation(this.api, this.opening);
    this.memory.conversation = { id: opened.id, token: opened.token, menu: opened.menu, read: 0 };
    this.transcript.merge(opened.greeting.map(said));
    this.synced = this.transcript.newest;
  }

  /** The desk has forgotten the conversation, as when the buyer's data was erased: what is written goes to a new one. */
  private beginAnew(): void {
    this.listening.abort();
    this.outbox.keepTexts();
    this.transcript = new Transcript();
    this.synced = 0;
    this.ready = false;
    void this.start(true);
  }

  private run(): void {
    const who = this.memory.conversation!;
    void this.outbox.flush(who);
    void this.attendance.attend(who);
    this.listening = new AbortController();
    const signal = AbortSignal.any([this.end.signal, this.listening.signal]);
    const listener = {
      newest: () => this.synced,
      line: (line: Line) => this.arrived(line),
      connected: (yes: boolean) => this.connection.tell(yes),
    };
    // one tab listens for all: a browser opens only six connections to a host
    alone(`${this.memory.key}:events`, () => follow(this.api, who, listener, signal), signal).catch(() => undefined);
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
    this.tabs.tell();
  }

  private refused(outgoing: Outgoing, why: Refused): void {
    this.transcript.remove(outgoing.client_id);
    this.refusal = { outgoing, why };
    this.host.requestUpdate();
    this.tabs.tell(outgoing.client_id);
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
    this.tabs.tell();
  }

  private arrived(line: Line): void {
    this.synced = Math.max(this.synced, Number(line.id));
    this.transcript.merge([line]);
    this.askWhoAnswers();
    this.host.requestUpdate();
    this.tabs.tell();
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

  private toldBy(refused: string): void {
    this.transcript.remove(refused);
    void this.catchUp();
  }

  /** The desk can be reached again. */
  private resume(): void {
    this.uploads.retryFailed();
    const known = this.memory.conversation;
    if (known && this.ready) void this.outbox.flush(known);
  }
}
