// The shapes of the HTTP API, as far as the widget reads them.

export interface Choice {
  title: string;
  payload: string;
}

export interface Question {
  id: string;
  kind: "order_number" | "email" | "text" | "choice" | "items" | "number" | "yes_no" | "date" | "upload";
}

export interface UploadRequest {
  kind: string;
  label: string;
  accept: string[];
  max_bytes: number;
}

export interface Evidence {
  id: string;
  kind: string;
  media_type: string;
  links: { view: string; thumbnail: string };
}

export interface Assessment {
  outcome: string;
  rule: string;
  deadline: string | null;
  /** Each remedy, as the text says it too. */
  remedies?: string[];
  /** What the outcome rests on; the text ends with a line for each. */
  clauses?: { ref: string; says: string }[];
}

export interface Reply {
  id: string;
  text: string;
  choices?: Choice[];
  question?: Question | null;
  upload?: UploadRequest | null;
  assessment?: Assessment | null;
  ticket?: { number: string; state: string } | null;
}

/** One line of the conversation. The buyer's own have a client id, and no `id` until the server has told it. */
export interface Line extends Omit<Reply, "id"> {
  id?: string;
  author: string;
  client_id?: string | null;
  created_at: string;
  evidence?: Evidence;
}

export interface Opened {
  id: string;
  token: string;
  greeting: Reply[];
  menu: Choice[];
}

/** What the buyer has written or pressed and the server has not answered yet. */
export interface Outgoing {
  client_id: string;
  title: string;
  text?: string;
  payload?: string;
  created_at: string;
}

/** Who answers, how far they have read, and whether they are typing. */
export interface Presence {
  read: string;
  typing: boolean;
  mode: "bot" | "waiting" | "person";
  person: string | null;
}

export const BOT = "bot";
/** Authors of lines that no person wrote in the conversation; any other author is a person's name. */
export const MACHINES = new Set([BOT, "desk"]);
export const BUYER = "buyer";
