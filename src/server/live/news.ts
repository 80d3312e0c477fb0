import { randomUUID } from "node:crypto";
import type { Database, Queries } from "#server/store/database.ts";

/** What somebody may want to know at once. Ids only: who hears it pulls what it is about. */
export type NewsItem =
  /** Facts or records of a person, from one of their devices; `verbatim`: a client's words are among them; `about`: others whom they concern. */
  | { readonly of: "rows"; readonly person: string; readonly team: string; readonly device: string; readonly verbatim: boolean; readonly about: readonly string[] }
  | { readonly of: "documents" }
  | { readonly of: "session"; readonly ended: string }
  /** Nobody holds the person's phone any more. */
  | { readonly of: "phoneFree"; readonly person: string }
  /** The exchange has changed, or the line of these people. */
  | { readonly of: "telephony"; readonly people?: readonly string[] }
  /** This server was cut off from the others for a while and may have missed anything. */
  | { readonly of: "anything" };

/** How the rooms of this server, and the other app servers over the same database, hear of each other. */
export interface News {
  /** What `post` sends, for a statement that sends it by itself. */
  notice(item: NewsItem): { readonly channel: string; readonly text: string };
  /** Tells the other app servers when `tx` commits. */
  post(tx: Queries, item: NewsItem): Promise<void>;
  /** Tells this server's listeners: to be called once the transaction is durable. */
  tell(item: NewsItem): void;
  hear(listener: (item: NewsItem) => void): () => void;
  close(): Promise<void>;
}

const CHANNEL = "sufler_news";

/** News over PostgreSQL's NOTIFY, which carries at most 8,000 bytes and is sent at the commit. */
export async function openNews(db: Database): Promise<News> {
  const self = randomUUID();
  const listeners = new Set<(item: NewsItem) => void>();
  const tell = (item: NewsItem): void => { for (const listener of listeners) listener(item); };
  const stop = await db.listen(CHANNEL, {
    heard(payload) {
      const { from, item } = JSON.parse(payload) as { from: string; item: NewsItem };
      if (from !== self) tell(item);
    },
    mayHaveMissed: () => tell({ of: "anything" }),
  });
  const notice: News["notice"] = (item) => ({ channel: CHANNEL, text: JSON.stringify({ from: self, item }) });
  return {
    notice,
    async post(tx, item) {
      const { channel, text } = notice(item);
      await tx.query("select pg_notify($1, $2)", [channel, text]);
    },
    tell,
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: stop,
  };
}
