// What the browser remembers: which conversation is the buyer's, and what is still to be sent.

import type { Credentials } from "./api";
import type { Choice, Outgoing } from "./model";

export interface Remembered extends Credentials {
  menu: Choice[];
  /** The greatest id of a line that the buyer has seen. */
  read: number;
}

/** Kept in localStorage under a key of the shop, and of the order where a token names one; else in this page alone. */
export class Memory {
  readonly key: string;
  private readonly page = new Map<string, string>();

  constructor(shop: string, customerToken: string) {
    const order = orderOf(customerToken);
    this.key = `redress:${shop}${order ? `:${order}` : ""}`;
  }

  get conversation(): Remembered | undefined {
    return this.read<Remembered>("");
  }

  set conversation(value: Remembered | undefined) {
    this.write("", value);
  }

  get outbox(): Outgoing[] {
    return this.read<Outgoing[]>(":outbox") ?? [];
  }

  set outbox(value: Outgoing[]) {
    this.write(":outbox", value.length ? value : undefined);
  }

  get unsent(): string {
    return this.read<string>(":unsent") ?? "";
  }

  set unsent(value: string) {
    this.write(":unsent", value || undefined);
  }

  private read<T>(suffix: string): T | undefined {
    try {
      const kept = this.page.get(suffix) ?? localStorage.getItem(this.key + suffix);
      return kept ? (JSON.parse(kept) as T) : undefined;
    } catch {
      return undefined; // no storage here, or not what we wrote
    }
  }

  private write(suffix: string, value: unknown): void {
    const text = JSON.stringify(value);
    try {
      if (text === undefined) localStorage.removeItem(this.key + suffix);
      else localStorage.setItem(this.key + suffix, text);
      this.page.delete(suffix);
    } catch {
      if (text === undefined) this.page.delete(suffix);
      else this.page.set(suffix, text);
    }
  }
}

/** The order that a customer token names. Only the desk can check the token; here it tells conversations apart. */
function orderOf(token: string): string {
  try {
    const body = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    return String((JSON.parse(atob(body)) as { order?: unknown }).order ?? "");
  } catch {
    return "";
  }
}

export function newClientId(): string {
  // crypto.randomUUID is there in secure contexts only
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
