// Whether there is a way to the desk, told only when it is gone for more than a blink.

const GRACE_MS = 700;

export class Connection {
  /** Broken for longer than a blink: worth a word. */
  troubled = false;
  private reached = true;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `changed`: something about it is to be shown anew. `back`: what failed may be tried again. */
  constructor(
    private readonly changed: () => void,
    private readonly back: () => void,
    private readonly signal: AbortSignal,
  ) {
    addEventListener("online", this.look, { signal });
    addEventListener("offline", this.look, { signal });
    signal.addEventListener("abort", () => clearTimeout(this.timer));
    this.look();
  }

  get up(): boolean {
    return this.reached && navigator.onLine;
  }

  /** Takes note of what the latest call came to. */
  tell(reached: boolean): void {
    const back = reached && !this.reached;
    this.reached = reached;
    this.look();
    if (back) this.back();
  }

  private readonly look = (event?: Event) => {
    if (this.signal.aborted) return;
    if (this.up) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.troubled = false;
    } else {
      this.timer ??= setTimeout(() => {
        this.troubled = true;
        this.changed();
      }, GRACE_MS);
    }
    if (event?.type === "online") this.back();
    this.changed();
  };
}
