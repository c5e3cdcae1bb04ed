// Files that are dragged onto the panel, or pasted into it.

import type { ReactiveControllerHost } from "lit";

export class Receiving {
  /** Files are being held over the panel. */
  dragging = false;

  constructor(
    private readonly host: ReactiveControllerHost & Node,
    private readonly take: (files: File[]) => void,
  ) {}

  readonly over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.hold(true);
  };

  readonly leave = (event: DragEvent) => {
    const inside = event.relatedTarget instanceof Node && (event.currentTarget as Node).contains(event.relatedTarget);
    if (!inside) this.hold(false);
  };

  readonly drop = (event: DragEvent) => {
    this.hold(false);
    this.receive(event, event.dataTransfer);
  };

  readonly paste = (event: ClipboardEvent) => this.receive(event, event.clipboardData);

  /** Takes the files; a text goes where the browser puts it. */
  private receive(event: Event, data: DataTransfer | null): void {
    const files = [...(data?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.take(files);
  }

  private hold(dragging: boolean): void {
    this.dragging = dragging;
    this.host.requestUpdate();
  }
}
