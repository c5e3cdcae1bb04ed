// Where the buyer is: the focus, which is kept and returned, and the place in the conversation.

import type { LitElement, ReactiveController } from "lit";

const NEAR_END_PX = 80;
/** Where the panel covers the page; style.css has the same. */
const SMALL = "(max-width: 480px), (max-height: 480px)";
const REACHABLE = "a[href], button, input, textarea, [tabindex='0']";

export class Attention implements ReactiveController {
  /** The buyer has scrolled up, away from the newest line. */
  away = false;
  /** What had the focus on the page when the panel opened. */
  private opener: HTMLElement | undefined;
  private readonly small = matchMedia(SMALL);
  private readonly touched = matchMedia("(pointer: coarse)");

  constructor(private readonly host: LitElement & { open: boolean }) {
    host.addController(this);
  }

  hostConnected(): void {
    this.small.addEventListener("change", this.resized);
  }

  hostDisconnected(): void {
    this.small.removeEventListener("change", this.resized);
  }

  /** The panel covers the page, which cannot be used meanwhile. */
  get covers(): boolean {
    return this.host.open && this.small.matches;
  }

  get log(): HTMLElement | null {
    return this.host.renderRoot.querySelector("#log");
  }

  get message(): HTMLTextAreaElement {
    return this.host.renderRoot.querySelector<HTMLTextAreaElement>("#message")!;
  }

  /** The panel is about to open: whatever has the focus gets it back later. */
  leavePage(): void {
    const focused = document.activeElement;
    this.opener = focused instanceof HTMLElement && focused !== document.body && focused !== this.host ? focused : undefined;
  }

  /** Into the open panel. On a phone the keyboard stays down. */
  enter(): void {
    (this.touched.matches ? this.log : this.message)?.focus();
  }

  /** Back to where the buyer came from. */
  returnToPage(): void {
    const opener = this.opener?.isConnected ? this.opener : undefined;
    (opener ?? this.host.renderRoot.querySelector<HTMLElement>("#launcher"))?.focus();
  }

  /** What was pressed is gone: the focus goes on to the next answer, or to the message. */
  goOn(): void {
    const next = this.host.renderRoot.querySelector<HTMLElement>("#log .choices button, #log .pick input, .request input");
    (next ?? (this.touched.matches ? this.log : this.message))?.focus({ preventScroll: true });
  }

  /** Keeps the newest line in sight, unless the buyer is reading an older one. */
  followNewest(): void {
    if (this.log && !this.away) this.log.scrollTop = this.log.scrollHeight;
  }

  readonly scrolled = () => {
    const log = this.log!;
    const away = log.scrollHeight - log.scrollTop - log.clientHeight > NEAR_END_PX;
    if (away !== this.away) this.host.requestUpdate();
    this.away = away;
  };

  readonly toNewest = () => {
    this.away = false;
    this.log!.focus();
    this.host.requestUpdate();
  };

  private readonly resized = () => this.host.requestUpdate();

  /** Leads the Tab key round within a panel that covers the page: behind it nothing could be seen. */
  readonly keep = (event: KeyboardEvent) => {
    if (event.key !== "Tab" || !this.covers) return;
    const panel = event.currentTarget as HTMLElement;
    const all = [...panel.querySelectorAll<HTMLElement>(REACHABLE)].filter((one) => one.checkVisibility());
    const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (event.target !== from) return;
    event.preventDefault();
    to?.focus();
  };
}
