// Files on their way: one after the other, each with its progress, its cancelling and its second try.

import { type Api, type Credentials, Refused, type Sent } from "./api";
import { newClientId } from "./memory";

export const MOST_FILES = 10;

export interface Upload {
  client_id: string;
  file: File;
  kind: string;
  label: string;
  state: "waiting" | "sending" | "failed" | "refused";
  /** From 0 to 1. */
  progress: number;
  error?: Refused;
  abort: AbortController;
}

export interface UploadListener {
  changed(): void;
  uploaded(upload: Upload, sent: Sent): void;
}

export class Uploads {
  list: Upload[] = [];
  private sending = false;

  constructor(
    private readonly api: Api,
    private readonly who: () => Credentials | undefined,
    private readonly listener: UploadListener,
  ) {}

  /** Takes the first MOST_FILES of `files`, and says whether those were all. */
  add(files: File[], kind: string, label: string, mostBytes: number): boolean {
    for (const file of files.slice(0, MOST_FILES)) {
      const error = file.size > mostBytes ? new Refused(413, "too_large", "") : undefined;
      this.list.push({
        client_id: newClientId(),
        file,
        kind,
        label,
        state: error ? "refused" : "waiting",
        progress: 0,
        ...(error ? { error } : {}),
        abort: new AbortController(),
      });
    }
    this.listener.changed();
    void this.pump();
    return files.length <= MOST_FILES;
  }

  /** Files are on their way. */
  get busy(): boolean {
    return this.list.some((upload) => upload.state === "waiting" || upload.state === "sending");
  }

  /** Gives a file up, or takes a refused one off the list. */
  cancel(upload: Upload): void {
    upload.abort.abort();
    this.list = this.list.filter((one) => one !== upload);
    this.listener.changed();
  }

  /** Tries again with the same client id, so that what had arrived after all is not sent twice. */
  retry(upload: Upload): void {
    Object.assign(upload, { state: "waiting", progress: 0, error: undefined });
    this.listener.changed();
    void this.pump();
  }

  retryFailed(): void {
    for (const upload of this.list) if (upload.state === "failed") this.retry(upload);
  }

  cancelAll(): void {
    for (const upload of [...this.list]) this.cancel(upload);
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let next = this.next(); next; next = this.next()) await this.send(next);
    this.sending = false;
  }

  private next(): Upload | undefined {
    return this.who() && this.list.find((upload) => upload.state === "waiting");
  }

  private async send(upload: Upload): Promise<void> {
    const form = new FormData();
    form.set("client_id", upload.client_id);
    form.set("kind", upload.kind);
    form.set("file", upload.file);
    upload.state = "sending";
    this.listener.changed();
    const progress = (share: number) => {
      upload.progress = share;
      this.listener.changed();
    };
    try {
      const sent = await this.api.upload(this.who()!, form, progress, upload.abort.signal);
      this.list = this.list.filter((one) => one !== upload);
      this.listener.uploaded(upload, sent);
    } catch (error) {
      if (error instanceof Refused) Object.assign(upload, { state: "refused", error });
      else upload.state = "failed";
    }
    this.listener.changed();
  }
}
