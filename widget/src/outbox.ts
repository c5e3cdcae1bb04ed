// What the buyer wrote goes out in order, each line exactly once, however long the way is broken.

import { type Api, type Credentials, Refused } from "./api";
import type { Memory } from "./memory";
import type { Outgoing, Reply } from "./model";
import { alone, backOff } from "./waiting";

export interface Delivery {
  delivered(outgoing: Outgoing, replies: Reply[]): void;
  refused(outgoing: Outgoing, why: Refused): void;
  /** The desk does not know the conversation any more; nothing more is sent to it. */
  gone(): void;
  connected(yes: boolean): void;
}

export class Outbox {
  private running = false;

  constructor(
    private readonly api: Api,
    private readonly memory: Memory,
    private readonly delivery: Delivery,
    private readonly signal: AbortSignal,
  ) {}

  get waiting(): Outgoing[] {
    return this.memory.outbox;
  }

  add(outgoing: Outgoing, who: Credentials | undefined): void {
    this.memory.outbox = [...this.memory.outbox, outgoing];
    if (who) void this.flush(who);
  }

  /** Sends all that waits, one line after the other; one tab at a time does. */
  async flush(who: Credentials): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await alone(`${this.memory.key}:send`, () => this.sendAll(who), this.signal);
    } catch {
      // aborted while another tab was sending
    } finally {
      this.running = false;
    }
  }

  private async sendAll(who: Credentials): Promise<void> {
    for (let attempt = 0; !this.signal.aborted; ) {
      const next = this.memory.outbox[0];
      if (!next) return;
      try {
        const replies = await this.api.say(who, next);
        this.remove(next);
        this.delivery.connected(true);
        this.delivery.delivered(next, replies);
        attempt = 0;
      } catch (error) {
        if (error instanceof Refused && error.status === 401) return this.delivery.gone();
        if (error instanceof Refused) {
          this.remove(next);
          this.delivery.refused(next, error);
        } else {
          this.delivery.connected(false);
          await backOff(attempt++, this.signal);
        }
      }
    }
  }

  /** Leaves what was written for another conversation, and takes out what was chosen: its answers belong to this one. */
  keepTexts(): void {
    this.memory.outbox = this.memory.outbox.filter((one) => one.text !== undefined);
  }

  private remove(sent: Outgoing): void {
    this.memory.outbox = this.memory.outbox.filter((one) => one.client_id !== sent.client_id);
  }
}
