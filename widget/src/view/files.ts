// Asking for a file, and the files on their way.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import * as icons from "../icons";
import type { UploadRequest } from "../model";
import type { Upload, Uploads } from "../uploads";
import type { Wording } from "../wording";

export interface Receiving {
  words: Wording;
  uploads: Uploads;
  take(files: File[]): void;
  dragging: boolean;
}

/** Where a file can be chosen, photographed, dropped or pasted. */
export function renderRequest(request: UploadRequest, { words, take, dragging }: Receiving): TemplateResult {
  const chosen = (event: Event) => {
    const input = event.target as HTMLInputElement;
    take([...(input.files ?? [])]);
    input.value = "";
  };
  const accept = request.accept.join(",");
  return html`<div class="request ${dragging ? "over" : ""}" role="group" aria-label=${request.label}>
    <div class="ways">
      <label class="choice">${icons.attach}<span>${words.say("choose_files")}</span>
        <input class="unseen" type="file" multiple accept=${accept} aria-label="${words.say("choose_files")}: ${request.label}" @change=${chosen} />
      </label>
      <label class="choice camera">${icons.camera}<span>${words.say("take_photo")}</span>
        <input class="unseen" type="file" accept="image/*" capture="environment" aria-label="${words.say("take_photo")}: ${request.label}" @change=${chosen} />
      </label>
    </div>
    <p class="hint"><span class="drop">${words.say("drop_here")}</span> ${words.say("file_limits", { mb: words.megabytes(request.max_bytes) })}</p>
  </div>`;
}

/** The files that are being sent, or could not be. */
export function renderUploads({ words, uploads }: Receiving) {
  if (!uploads.list.length) return nothing;
  return html`<ul class="uploads" aria-label=${words.say("uploads")}>
    ${repeat(uploads.list, (upload) => upload.client_id, (upload) => uploadRow(upload, words, uploads))}
  </ul>`;
}

function uploadRow(upload: Upload, words: Wording, uploads: Uploads): TemplateResult {
  const name = upload.file.name || upload.label;
  const failed = upload.state === "failed" || upload.state === "refused";
  const cancel = words.say("cancel_upload", { name });
  const retry = words.say("retry_upload", { name });
  return html`<li class="upload ${upload.state}">
    <redress-picture .source=${upload.file} label=${name}></redress-picture>
    <div class="about">
      <span class="filename" dir="auto">${name}</span>
      ${failed
        ? html`<span class="why" role="alert">${why(upload, words)}</span>`
        : html`<progress max="1" value=${upload.progress} aria-label=${words.say("upload_progress", { name })}></progress>
            <span class="progress">${progress(upload, words)}</span>`}
    </div>
    ${upload.state === "failed"
      ? html`<button type="button" class="icon" aria-label=${retry} title=${retry} @click=${() => uploads.retry(upload)}>${icons.again}</button>`
      : nothing}
    <button type="button" class="icon" aria-label=${cancel} title=${cancel} @click=${() => uploads.cancel(upload)}>${icons.close}</button>
  </li>`;
}

function progress(upload: Upload, words: Wording): string {
  if (upload.state === "waiting") return words.say("upload_waiting");
  if (upload.progress >= 1) return words.say("upload_checking");
  return words.say("upload_sending", { percent: Math.floor(upload.progress * 100) });
}

function why(upload: Upload, words: Wording): string {
  if (!upload.error) return words.say("upload_failed");
  return words.why(upload.error);
}
