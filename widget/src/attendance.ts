// While a person has the conversation, or will have it: who they are, how far they have read, whether they type.

import type { Api, Credentials } from "./api";
import type { Presence } from "./model";

const ASK_MS = 2000;
const TYPING_MS = 4000;

export class Attendance {
  presence: Presence | undefined;
  private typed = 0;
  private running = false;

  constructor(
    private readonly api: Api,
    private readonly read: () => number,
    private readonly changed: () => void,
    private readonly signal: AbortSignal,
  ) {}

  get withPerson(): boolean {
    return this.presence !== undefined && this.presence.mode !== "bot";
  }

  /** The buyer has typed something. */
  type(): void {
    this.typed = Date.now();
  }

  /** Asks now, and again for as long as it is not the bot that answers. */
  async attend(who: Credentials): Promise<void> {
    if (this.running) return;
    this.running = true;
    do {
      await this.ask(who).catch(() => undefined); // the connection's state is told elsewhere
      if (this.withPerson) await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    } while (this.withPerson && !this.signal.aborted);
    this.running = false;
  }

  private async ask(who: Credentials): Promise<void> {
    if (document.hidden && this.presence) return;
    const before = JSON.stringify(this.presence);
    this.presence = await this.api.seen(who, { read: this.read(), typing: Date.now() - this.typed < TYPING_MS });
    if (JSON.stringify(this.presence) !== before) this.changed();
  }
}
