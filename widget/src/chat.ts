// <redress-chat>: the launcher and the panel.

import { html, LitElement, nothing, type PropertyValues, unsafeCSS } from "lit";
import { Api } from "./api";
import { Conversation } from "./conversation";
import * as icons from "./icons";
import { Memory } from "./memory";
import type { Line } from "./model";
import styles from "./style.css?inline";
import { MOST_FILES } from "./uploads";
import { renderAnswers } from "./view/answers";
import { renderRequest, renderUploads } from "./view/files";
import { renderLines } from "./view/lines";
import { Wording } from "./wording";

const NEAR_END_PX = 80;
const CONNECTION_GRACE_MS = 700; // a blink of the connection is not worth a word
const AUTOCOMPLETE: Record<string, string> = { email: "email" };
const INPUT_MODE: Record<string, string> = { email: "email", number: "numeric" };

export class RedressChat extends LitElement {
  static override styles = unsafeCSS(styles);
  static override properties = {
    shop: {},
    locale: {},
    customerToken: { attribute: "customer-token" },
    position: { reflect: true },
    open: { type: Boolean, reflect: true },
    base: {},
    notice: { state: true },
    dragging: { state: true },
    away: { state: true },
  };

  declare shop: string;
  declare locale: string;
  declare customerToken: string;
  declare position: "end" | "start";
  declare open: boolean;
  /** Where the desk is; by default, where this script came from. */
  declare base: string;
  declare notice: string;
  declare dragging: boolean;
  /** The buyer has scrolled up, away from the newest line. */
  declare away: boolean;

  private conversation: Conversation | undefined;
  private api = new Api("");
  private words = new Wording("en");
  private opened = false;
  private pressed = false;
  private lost: ReturnType<typeof setTimeout> | undefined;
  private troubled = false;

  constructor() {
    super();
    this.shop = "";
    this.locale = "";
    this.customerToken = "";
    this.position = "end";
    this.open = false;
    this.base = new URL(import.meta.url).origin;
    this.notice = "";
    this.dragging = false;
    this.away = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.configure(); // moved within the page: its conversation ended when it was taken out
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if ((["shop", "locale", "customerToken", "base"] as const).some((name) => changed.has(name))) this.configure();
    if (changed.has("open") && this.open) {
      this.opened = true;
      void this.conversation?.start(true);
    }
    this.watchConnection();
  }

  override updated(changed: PropertyValues<this>): void {
    if (this.open) this.conversation?.markRead();
    if (changed.has("open") && (this.open || changed.get("open"))) this.moveFocus();
    if (this.pressed && !this.conversation?.awaiting) this.focusAnswer();
    this.followNewest();
  }

  override render() {
    return html`${this.renderLauncher()}${this.opened ? this.renderPanel() : nothing}`;
  }

  private configure(): void {
    this.words = new Wording(this.locale || document.documentElement.lang || navigator.language);
    const memory = new Memory(this.shop, this.customerToken);
    this.conversation?.close();
    this.api = new Api(this.base);
    const { shop, customerToken } = this;
    this.conversation = new Conversation(this, this.api, memory, { shop, customerToken, locale: this.words.language });
    void this.conversation.start(this.open);
  }

  private renderLauncher() {
    const unread = this.open ? 0 : (this.conversation?.unread ?? 0);
    const label = this.words.say("launcher");
    const told = unread ? `${label}, ${this.words.say("unread", { count: unread })}` : label;
    return html`<button id="launcher" part="launcher" type="button" aria-expanded=${this.open} aria-controls="panel"
      aria-label=${told} title=${label} @click=${this.toggle}>
      ${this.open ? icons.close : icons.chat}
      ${unread ? html`<span class="badge" aria-hidden="true">${unread > 9 ? "9+" : unread}</span>` : nothing}
    </button>`;
  }

  private renderPanel() {
    const { words } = this;
    const conversation = this.conversation!;
    return html`<section id="panel" part="panel" role="dialog" aria-labelledby="title" lang=${words.language} ?hidden=${!this.open}
      @keydown=${this.onKey} @dragover=${this.onDrag} @dragleave=${this.onLeave} @drop=${this.onDrop} @paste=${this.onPaste}>
      <div class="top">
        <span class="mark">${icons.chat}</span>
        <div><h2 id="title">${words.say("title")}</h2><p>${this.subtitle(conversation)}</p></div>
        <button type="button" class="icon" aria-label=${words.say("close")} title=${words.say("close")} @click=${this.toggle}>${icons.close}</button>
      </div>
      <p class="connection" role="status">${this.connectionText()}</p>
      <div id="log" role="log" aria-label=${words.say("log")} aria-busy=${!conversation.ready} tabindex="0" @scroll=${this.onScroll}>
        ${conversation.failure ? html`<p class="day">${words.say("cannot_open")}</p>` : this.renderConversation(conversation)}
      </div>
      ${this.away
        ? html`<button type="button" class="newest icon" aria-label=${words.say("to_newest")} title=${words.say("to_newest")} @click=${this.toNewest}>${icons.down}</button>`
        : nothing}
      ${this.renderComposer(conversation)}
    </section>`;
  }

  private renderConversation(conversation: Conversation) {
    const waiting = new Set(conversation.outbox.waiting.map((one) => one.client_id));
    const { presence } = conversation.attendance;
    const readTo = presence?.mode === "person" ? Number(presence.read) : 0;
    const shown = { words: this.words, api: this.api, waiting, online: !this.troubled, readTo };
    const typing = this.whoIsTyping(conversation);
    const answering = { words: this.words, press: this.press, say: this.answer };
    const { transcript } = conversation;
    return html`${renderLines(transcript.lines, shown)}
    ${transcript.latest.map((line) => renderAnswers(line, answering))}
    ${typing
      ? html`<div class="row theirs"><div class="bubble typing"><i></i><i></i><i></i><span class="unseen">${typing}</span></div></div>`
      : nothing}`;
  }

  private whoIsTyping(conversation: Conversation): string {
    const { presence } = conversation.attendance;
    if (presence?.mode === "person") {
      return presence.typing ? this.words.say("person_typing", { name: presence.person ?? this.words.say("a_person") }) : "";
    }
    return conversation.awaiting && presence?.mode !== "waiting" ? this.words.say("typing") : "";
  }

  private subtitle(conversation: Conversation): string {
    const { presence } = conversation.attendance;
    if (presence?.mode === "person") return this.words.say("with_person", { name: presence.person ?? this.words.say("a_person") });
    return this.words.say(presence?.mode === "waiting" ? "waiting_person" : "subtitle");
  }

  private renderComposer(conversation: Conversation) {
    const { words } = this;
    const { upload, question, asking } = conversation.transcript;
    const receiving = { words, uploads: conversation.uploads, take: this.take, dragging: this.dragging };
    const notice = this.notice || this.refusalText(conversation);
    const kind = question?.kind ?? "";
    const label = this.label(asking);
    return html`<div class="composer" data-question=${question?.id ?? nothing}>
      ${renderUploads(receiving)}
      ${upload ? renderRequest(upload, receiving) : nothing}
      <p class="notice" role="alert" ?hidden=${!notice}>${notice}</p>
      <form class="write" @submit=${this.onSubmit}>
        <textarea id="message" rows="1" maxlength="4000" aria-label=${label.name} placeholder=${label.hint}
          autocomplete=${AUTOCOMPLETE[kind] ?? "off"} inputmode=${INPUT_MODE[kind] ?? "text"} enterkeyhint="send"
          .value=${conversation.memory.unsent} @input=${this.onInput} @keydown=${this.onWrite}></textarea>
        <button type="submit" class="icon send" aria-label=${words.say("send")} title=${words.say("send")}>${icons.send}</button>
      </form>
      <div class="more">
        <button type="button" class="quiet" @click=${this.askForPerson}>${icons.person}<span>${words.say("person")}</span></button>
        <button type="button" class="quiet" @click=${this.download}>${icons.download}<span>${words.say("download")}</span></button>
      </div>
    </div>`;
  }

  /** What is waited for, for the eye and for the ear: the open question is the label of the input. */
  private label(asking: Line | undefined): { name: string; hint: string } {
    const kind = asking?.question?.kind;
    const hint = this.words.say(kind ? `answer_${kind}` : "message");
    return { hint, name: asking ? `${hint}: ${asking.text.split("\n")[0]}` : hint };
  }

  private refusalText(conversation: Conversation): string {
    const refusal = conversation.refusal;
    if (!refusal) return "";
    const why = this.words.sayIfKnown(`error_${refusal.why.code}`) ?? refusal.why.message;
    return `${this.words.say("not_sent")}: “${refusal.outgoing.title.slice(0, 80)}”. ${why}`;
  }

  private connectionText(): string {
    if (!navigator.onLine) return this.words.say("offline");
    if (this.troubled) return this.words.say("reconnecting");
    return this.conversation?.ready || this.conversation?.failure ? "" : this.words.say("opening");
  }

  private watchConnection(): void {
    const lost = !navigator.onLine || this.conversation?.reachable === false;
    if (!lost) {
      clearTimeout(this.lost);
      this.lost = undefined;
      this.troubled = false;
    } else if (!this.lost) {
      this.lost = setTimeout(() => {
        this.troubled = true;
        this.requestUpdate();
      }, CONNECTION_GRACE_MS);
    }
  }

  private readonly toggle = () => {
    this.open = !this.open;
  };

  private readonly press = (title: string, payload: string) => {
    this.pressed = true;
    this.notice = "";
    this.away = false;
    this.conversation!.press(title, payload);
  };

  private readonly answer = (text: string) => {
    this.pressed = true;
    this.write(text);
  };

  private write(text: string): void {
    this.notice = "";
    this.away = false;
    this.conversation!.say(text);
  }

  private readonly take = (files: File[]) => {
    const conversation = this.conversation!;
    const request = conversation.transcript.upload;
    if (!files.length) return;
    if (!request) {
      this.notice = this.words.say("not_asked");
      return;
    }
    const [kind = ""] = request.kind.split("|"); // any of the alternatives will do
    const all = conversation.uploads.add(files, kind, request.label, request.max_bytes);
    this.notice = all ? "" : this.words.say("too_many_files", { most: MOST_FILES });
    this.pressed = true;
  };

  private readonly askForPerson = () => {
    const choice = this.conversation?.memory.conversation?.menu[0];
    if (choice) this.press(choice.title, choice.payload);
    else this.answer(this.words.say("person"));
  };

  private readonly download = async () => {
    const address = await this.conversation!.transcriptAddress();
    if (!address) return;
    const link = document.createElement("a");
    link.href = address;
    link.download = "";
    link.click();
  };

  private readonly onSubmit = (event: Event) => {
    event.preventDefault();
    const text = this.message.value.trim();
    if (!text) return;
    this.conversation!.memory.unsent = "";
    this.message.value = "";
    this.write(text);
    this.message.focus();
  };

  private readonly onInput = () => {
    this.conversation!.memory.unsent = this.message.value;
    this.conversation!.attendance.type();
  };

  private readonly onWrite = (event: KeyboardEvent) => {
    // Enter may also end the choice of a character (Chinese and others)
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.message.form!.requestSubmit();
  };

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") this.open = false;
  };

  private readonly onDrag = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.dragging = true;
  };

  private readonly onLeave = (event: DragEvent) => {
    const inside = event.relatedTarget instanceof Node && this.renderRoot.contains(event.relatedTarget);
    if (!inside) this.dragging = false;
  };

  private readonly onDrop = (event: DragEvent) => {
    event.preventDefault();
    this.dragging = false;
    this.take([...(event.dataTransfer?.files ?? [])]);
  };

  private readonly onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.take(files);
  };

  private readonly onScroll = () => {
    const log = this.log!;
    this.away = log.scrollHeight - log.scrollTop - log.clientHeight > NEAR_END_PX;
  };

  private readonly toNewest = () => {
    this.away = false;
    this.log!.focus();
  };

  private get log(): HTMLElement | null {
    return this.renderRoot.querySelector("#log");
  }

  private get message(): HTMLTextAreaElement {
    return this.renderRoot.querySelector<HTMLTextAreaElement>("#message")!;
  }

  private followNewest(): void {
    const log = this.log;
    if (this.open && log && !this.away) log.scrollTop = log.scrollHeight;
  }

  /** Into the panel when it opens, back to the launcher when it closes. On a phone the keyboard stays down. */
  private moveFocus(): void {
    const coarse = matchMedia("(pointer: coarse)").matches;
    const target = this.open ? (coarse ? this.log : this.message) : this.renderRoot.querySelector<HTMLElement>("#launcher");
    target?.focus();
  }

  /** After a button was pressed it is gone: the focus goes on to the next answer, or to the message. */
  private focusAnswer(): void {
    if (this.conversation?.uploads.list.some((upload) => upload.state === "waiting" || upload.state === "sending")) return;
    this.pressed = false;
    if (!this.open) return;
    const next = this.renderRoot.querySelector<HTMLElement>("#log .choices button, #log .pick input, .request input");
    (next ?? (matchMedia("(pointer: coarse)").matches ? this.log : this.message))?.focus({ preventScroll: true });
  }
}
