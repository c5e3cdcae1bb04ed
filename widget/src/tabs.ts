// The tabs of one conversation tell each other when there is something new.

export class Tabs {
  private readonly channel: BroadcastChannel;

  /** `told` is called with the client id of a line that the desk refused, or with "" when there is something new. */
  constructor(
    name: string,
    told: (refused: string) => void,
    private readonly signal: AbortSignal,
  ) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<string>) => told(data);
    signal.addEventListener("abort", () => this.channel.close());
  }

  tell(refused = ""): void {
    if (!this.signal.aborted) this.channel.postMessage(refused);
  }
}
