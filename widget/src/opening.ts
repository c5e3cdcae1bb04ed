// Opening a conversation at the desk.

import { type Api, Refused } from "./api";
import type { Opened } from "./model";

export interface Opening {
  shop: string;
  locale: string;
  customerToken: string;
}

/** A new conversation, in the buyer's language and time zone. Throws Refused where the desk will not have it. */
export function openConversation(api: Api, { shop, locale, customerToken }: Opening): Promise<Opened> {
  const body: Record<string, string> = { shop, locale };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) body.time_zone = zone;
  if (!customerToken) return api.open(body);
  return api.open({ ...body, customer_token: customerToken }).catch((error: unknown) => {
    // a token that has run out: the buyer can still name the order and the address
    if (error instanceof Refused && error.code === "invalid_customer_token") return api.open(body);
    throw error;
  });
}
