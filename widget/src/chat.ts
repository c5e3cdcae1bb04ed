// <redress-chat>: the launcher and the panel.

import { html, LitElement, nothing, type PropertyValues, unsafeCSS } from "lit";
import { Api } from "./api";
import { Attention } from "./attention";
import { Conversation } from "./conversation";
import { Memory } from "./memory";
import { Receiving } from "./receiving";
import styles from "./style.css?inline";
import { MOST_FILES } from "./uploads";
import { renderComposer } from "./view/composer";
import { renderLauncher } from "./view/launcher";
import { renderConnection, renderLog, renderToNewest, renderTop } from "./view/panel";
import { Wording } from "./wording";

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
  };

  declare shop: string;
  declare locale: string;
  declare customerToken: string;
  declare position: "end" | "start";
  declare open: boolean;
  /** Where the desk is; by default, where this script came from. */
  declare base: string;
  /** What the buyer is told about the last thing they did. */
  declare notice: string;

  private conversation: Conversation | undefined;
  private api = new Api("");
  private words = new Wording("en");
  private readonly attention = new Attention(this);
  private readonly receiving = new Receiving(this, (files) => this.take(files));
  private opened = false;
  /** A button was pressed, and its answer gets the focus. */
  private pressed = false;
  /** The panel has just been closed by somebody who was in it. */
  private left = false;

  constructor() {
    super();
    this.shop = "";
    this.locale = "";
    this.customerToken = "";
    this.position = "end";
    this.open = false;
    this.base = new URL(import.meta.url).origin;
    this.notice = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.configure(); // moved within the page: its conversation ended when it was taken out
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if ((["shop", "locale", "customerToken", "base"] as const).some((name) => changed.has(name))) this.configure();
    if (changed.has("open")) {
      if (this.open) {
        this.opened = true;
        this.attention.leavePage();
        void this.conversation?.start(true);
      }
      this.left = !this.open && this.shadowRoot?.activeElement != null;
    }
  }

  override updated(changed: PropertyValues<this>): void {
    if (this.open) {
      this.conversation?.markRead();
      this.attention.followNewest();
    }
    // the page's own focus is left alone where it came with an open panel, unless that covers it
    if (changed.get("open") === false || (changed.has("open") && this.attention.covers)) this.attention.enter();
    if (changed.has("open") && this.left) this.attention.returnToPage();
    if (this.pressed && !this.conversation?.awaiting && !this.conversation?.uploads.busy) {
      this.pressed = false;
      if (this.open) this.attention.goOn();
    }
  }

  override render() {
    const { words, conversation, attention, receiving } = this;
    const launcher = renderLauncher(this.open, conversation?.unread ?? 0, words, this.toggle);
    if (!this.opened || !conversation) return launcher;
    const composing = { words, conversation, notice: this.notice, take: this.take, dragging: receiving.dragging };
    const answering = { words, press: this.press, say: this.answer };
    const talk = { words, conversation, api: this.api, answering };
    return html`${launcher}
      <section id="panel" part="panel" role="dialog" aria-modal=${attention.covers} aria-labelledby="title" lang=${words.language}
        ?hidden=${!this.open} @keydown=${this.onKey} @dragover=${receiving.over} @dragleave=${receiving.leave}
        @drop=${receiving.drop} @paste=${receiving.paste}>
        ${renderTop(conversation, words, this.toggle)}
        ${renderConnection(conversation, words)}
        ${renderLog(talk, attention.scrolled)}
        ${attention.away ? renderToNewest(words, attention.toNewest) : nothing}
        ${renderComposer({ ...composing, write: this.write, person: this.askForPerson, download: this.download })}
      </section>`;
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

  private readonly toggle = () => {
    this.open = !this.open;
  };

  private readonly press = (title: string, payload: string) => {
    this.pressed = true;
    this.sending();
    this.conversation!.press(title, payload);
  };

  private readonly answer = (text: string) => {
    this.pressed = true;
    this.write(text);
  };

  private readonly write = (text: string) => {
    this.sending();
    this.conversation!.say(text);
  };

  private sending(): void {
    this.notice = "";
    this.attention.away = false;
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

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.isComposing) this.open = false;
    else this.attention.keep(event);
  };
}
