// A picture on a canvas: under a strict Content-Security-Policy no blob: or data: address may be shown.

import { css, html, LitElement, type PropertyValues } from "lit";
import { file as fileIcon } from "./icons";

/** Pictures are decoded one after the other: ten photos of a phone at once would take half a gigabyte. */
let turn: Promise<unknown> = Promise.resolve();

function decoded(blob: Blob): Promise<ImageBitmap> {
  const mine = turn.then(() => createImageBitmap(blob));
  turn = mine.catch(() => undefined);
  return mine;
}

export class RedressPicture extends LitElement {
  static override properties = { source: { attribute: false }, label: {}, failed: { state: true } };
  static override styles = css`
    :host { display: block; overflow: hidden; background: var(--_sunken); color: var(--_soft); }
    canvas { display: block; width: 100%; height: 100%; }
    .file { display: grid; place-items: center; height: 100%; }
  `;

  /** A file of the buyer's, or what fetches a stored one; a new value draws anew. */
  declare source: Blob | (() => Promise<Blob>);
  declare label: string;
  declare failed: boolean;

  override render() {
    return this.failed
      ? html`<div class="file" role="img" aria-label=${this.label}>${fileIcon}</div>`
      : html`<canvas role="img" aria-label=${this.label} width="1" height="1"></canvas>`;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("source")) this.draw().catch(() => (this.failed = true)); // a PDF, or HEIC in most browsers
  }

  private async draw(): Promise<void> {
    const source = this.source;
    const blob = typeof source === "function" ? await source() : source;
    const { width, height } = this.getBoundingClientRect();
    const picture = await decoded(blob);
    const canvas = this.renderRoot.querySelector("canvas");
    if (!canvas || source !== this.source) return;
    canvas.width = Math.max(1, Math.round(width * devicePixelRatio));
    canvas.height = Math.max(1, Math.round(height * devicePixelRatio));
    // fill the frame, cut what juts out
    const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
    const [w, h] = [picture.width * scale, picture.height * scale];
    const context = canvas.getContext("2d")!;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
    picture.close();
  }
}
