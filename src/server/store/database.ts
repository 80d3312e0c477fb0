import { Client, Pool, escapeIdentifier, types, type ClientConfig, type PoolClient, type QueryConfig, type QueryResultRow } from "pg";
import { setTimeout as wait } from "node:timers/promises";

/** What can be asked inside and outside a transaction. Values are always bound ($1, $2 …), never put into the text. */
export interface Queries {
  /**
   * One statement. bigint comes as a number (an error beyond 2^53), numeric as a text, timestamptz as a Date, jsonb parsed.
   * @returns its rows; none for a statement that gives none
   */
  query<Row extends QueryResultRow = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Inside a transaction several statements may come in one text, as migrations do. */
export interface Transaction extends Queries {
  script(sql: string): Promise<void>;
}

/** Hears of a channel. PostgreSQL keeps no notification for an absent listener, so a gap is told as well. */
export interface ChannelListener {
  heard(payload: string): void;
  /** The connection was away for a while: read again what the notifications would have told. */
  mayHaveMissed(): void;
}

/** The database, whoever runs it. */
export interface Database extends Queries {
  /** All or nothing: commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * LISTEN on a connection of its own, which reconnects by itself. Tell with `select pg_notify($1, $2)` (8,000 bytes at most,
   * sent at commit).
   * @returns ends the listening
   */
  listen(channel: string, listener: ChannelListener): Promise<() => Promise<void>>;
  /** Waits for what is under way, then closes all connections. */
  end(): Promise<void>;
}

/** The database with its pool of connections, for libraries that bring queries of their own (sign-in). */
export interface PooledDatabase extends Database {
  readonly pool: Pool;
}

const INT8 = 20;

/** A count beyond 2^53 would become another number without a word. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too great for a number`);
  return value;
}

const typeParsers: NonNullable<ClientConfig["types"]> = {
  // The cast narrows pg's overloads (one for text, one for binary values, which are not asked for here).
  getTypeParser: ((oid: number, format?: "text") => (oid === INT8 ? safeInteger : (types.getTypeParser(oid, format) as unknown))) as typeof types.getTypeParser,
};

/**
 * How long a silent network is borne, milliseconds: one that swallows everything reports nothing, and TCP goes on sending for a
 * quarter of an hour (RFC 9293 §3.8.3).
 */
export interface Patience {
  /** A statement without an answer has failed, and its connection is given up. Whether it was done is not known: whoever asked asks again. */
  readonly answer: number;
  /** The database gives up a transaction that hears nothing for so long: whoever was cut off in the middle of it holds its locks, and the other app servers wait. */
  readonly idle: number;
  /** How often the connection that only listens is tried. */
  readonly pulse: number;
  /** How long such a try may take. */
  readonly echo: number;
}

/** Shorter than a browser waits for its own answer (30 s) and comes again. */
const PATIENCE: Patience = { answer: 25_000, idle: 20_000, pulse: 15_000, echo: 10_000 };

/** Longest time that a timer can name: a migration takes as long as it takes. */
const FOR_EVER = 2 ** 31 - 1;

/**
 * Opens a pool of at most ten connections; nothing is sent before the first query.
 * @param url postgres://…
 * @param trouble hears of connections lost while nobody used them
 * @param patience null: statements may take as long as they take (back-up and restore)
 */
export function openDatabase(url: string, trouble: (error: Error) => void, patience: Patience | null = PATIENCE): PooledDatabase {
  const config: ClientConfig = { connectionString: url, application_name: "sufler", connectionTimeoutMillis: 10_000, keepAlive: true, types: typeParsers };
  const pool = new Pool({ ...config, max: 10, idle_in_transaction_session_timeout: patience?.idle ?? 60_000, ...(patience ? { query_timeout: patience.answer } : {}) });
  // The pool's end does not wait until its connections are closed, so some may still complain when the server ends at once.
  let over = false;
  const tell = (error: Error): void => void (over || trouble(error));
  pool.on("error", tell);
  const ears = new Ears(config, tell, patience ?? PATIENCE);
  return {
    pool,
    query: (sql, values) => run(pool, sql, values),
    transaction: (work) => transaction(pool, work),
    listen: (channel, listener) => ears.listen(channel, listener),
    async end() {
      over = true;
      await ears.end();
      await pool.end();
    },
  };
}

/** Names of statements that are asked again and again: each connection keeps them parsed, and mostly planned. */
const names = new Map<string, string>();
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `s${names.size + 1}`;
  names.set(sql, name);
  return name;
}

async function run<Row extends QueryResultRow>(on: Pool | PoolClient, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  if (values.length === 0) return (await on.query<Row>(sql)).rows;
  return (await on.query<Row>({ name: nameOf(sql), text: sql, values: [...values] })).rows;
}

async function transaction<T>(pool: Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that dies between two queries says so by an event; unheard, it would end the process.
  const breaks = (error: Error): void => void (broken = error);
  client.on("error", breaks);
  try {
    await client.query("begin");
    const result = await work({
      query: (sql, values) => run(client, sql, values),
      script: async (sql) => void (await client.query({ text: sql, query_timeout: FOR_EVER } as QueryConfig)),
    });
    await client.query("commit");
    return result;
  } catch (error) {
    // Behind a statement that nobody answers it would wait as long again; a connection that is given up takes its transaction along.
    await client.query({ text: "rollback", query_timeout: 2_000 } as QueryConfig).catch((failed: Error) => (broken ??= failed));
    throw error;
  } finally {
    client.off("error", breaks);
    client.release(broken);
  }
}

/** One connection that listens for all channels, made when the first is asked for. */
class Ears {
  readonly #config: ClientConfig;
  readonly #trouble: (error: Error) => void;
  readonly #patience: Patience;
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  #connection: Promise<Client> | null = null;
  #over = false;

  constructor(config: ClientConfig, trouble: (error: Error) => void, patience: Patience) {
    this.#config = { ...config, query_timeout: patience.echo };
    this.#trouble = trouble;
    this.#patience = patience;
  }

  async listen(channel: string, listener: ChannelListener): Promise<() => Promise<void>> {
    const set = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, set.add(listener));
    try {
      await (await this.#connected()).query(`listen ${escapeIdentifier(channel)}`);
    } catch (error) {
      set.delete(listener);
      throw error;
    }
    return async () => {
      set.delete(listener);
      if (set.size > 0 || this.#connection === null || this.#over) return;
      await (await this.#connection).query(`unlisten ${escapeIdentifier(channel)}`);
    };
  }

  async end(): Promise<void> {
    this.#over = true;
    await (await this.#connection?.catch(() => null))?.end();
  }

  #connected(): Promise<Client> {
    this.#connection ??= this.#connect().catch((error: unknown) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  async #connect(): Promise<Client> {
    const client = new Client(this.#config);
    client.on("notification", ({ channel, payload }) => this.#listeners.get(channel)?.forEach((listener) => listener.heard(payload ?? "")));
    client.on("error", this.#trouble);
    await client.connect();
    client.once("end", () => void this.#reconnect());
    // Nothing is ever sent on this connection otherwise, so a network that swallows everything would go unnoticed. With a
    // statement unanswered, `end` destroys the connection instead of taking leave.
    const pulse = setInterval(() => client.query("select 1").catch(() => client.end()), this.#patience.pulse);
    pulse.unref();
    client.once("end", () => clearInterval(pulse));
    return client;
  }

  /** Tries until it succeeds or the database is closed: after 0.1 s, then twice as long each time, at most 5 s. */
  async #reconnect(): Promise<void> {
    this.#connection = null;
    for (let pause = 100; !this.#over; pause = Math.min(pause * 2, 5000)) {
      await wait(pause, undefined, { ref: false });
      try {
        const client = await this.#connected();
        for (const channel of this.#listeners.keys()) await client.query(`listen ${escapeIdentifier(channel)}`);
        for (const set of this.#listeners.values()) set.forEach((listener) => listener.mayHaveMissed());
        return;
      } catch (error) {
        if (this.#connection !== null) return; // connected, then lost again: its own "end" goes on from here
        this.#trouble(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}
