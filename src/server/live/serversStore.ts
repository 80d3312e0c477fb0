import type { Queries } from "#server/store/database.ts";

/** A live socket of any app server, with the person's team as of now. */
export interface KnownSocket {
  readonly id: string;
  readonly server: string;
  readonly person: string;
  readonly team: string;
  readonly device: string;
}

/** Says that this app server runs. */
export async function seeServer(db: Queries, server: string): Promise<void> {
  await db.query("insert into app_server (id) values ($1) on conflict (id) do update set seen_at = now()", [server]);
}

/** Forgets this app server, with its sockets and the letters to it. */
export async function forgetServer(db: Queries, server: string): Promise<void> {
  await db.query("delete from app_server where id = $1", [server]);
}

/** Forgets the app servers that have not been seen for so long, by the database's clock. @returns how many */
export async function forgetSilent(db: Queries, seconds: number): Promise<number> {
  return (await db.query("delete from app_server where seen_at < now() - make_interval(secs => $1) returning id", [seconds])).length;
}

/** A live socket of this app server. */
export interface OwnSocket {
  readonly id: string;
  readonly person: string;
  readonly device: string;
  /** What the desk said last of its phone. */
  readonly phone?: string;
}

/** Writes down those that are not there yet, in one statement however many they are. */
export async function addSockets(db: Queries, server: string, sockets: readonly OwnSocket[]): Promise<void> {
  if (sockets.length === 0) return;
  await db.query(
    `insert into live_socket (id, server, person, device, phone)
     select id, $1, person, device, phone from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as s (id, person, device, phone) on conflict (id) do nothing`,
    [server, sockets.map(({ id }) => id), sockets.map(({ person }) => person), sockets.map(({ device }) => device), sockets.map(({ phone }) => phone ?? null)],
  );
}

export async function notePhone(db: Queries, socket: string, state: string): Promise<void> {
  await db.query("update live_socket set phone = $2 where id = $1", [socket, state]);
}

/** What desks at the other app servers say of their phones, by person; undefined: nothing yet. */
export async function phonesElsewhere(db: Queries, server: string): Promise<ReadonlyMap<string, readonly (string | undefined)[]>> {
  const rows = await db.query<{ person: string; phone: string | null }>("select person, phone from live_socket where server <> $1", [server]);
  const phones = new Map<string, (string | undefined)[]>();
  for (const { person, phone } of rows) phones.set(person, [...(phones.get(person) ?? []), phone ?? undefined]);
  return phones;
}

export async function removeSocket(db: Queries, id: string): Promise<void> {
  await db.query("delete from live_socket where id = $1", [id]);
}

/** The other app servers. */
export async function serversElsewhere(db: Queries, server: string): Promise<ReadonlySet<string>> {
  return new Set((await db.query<{ id: string }>("select id from app_server where id <> $1", [server])).map(({ id }) => id));
}

/** The sockets of all other app servers. */
export async function socketsElsewhere(db: Queries, server: string): Promise<readonly KnownSocket[]> {
  return db.query<KnownSocket & Record<string, unknown>>(
    "select s.id, s.server, s.person, p.team, s.device from live_socket s join person p on p.id = s.person where s.server <> $1", [server],
  );
}

/** Leaves a letter for another app server; nothing happens when it is gone. @returns whether it was there */
export async function leaveLetter(tx: Queries, server: string, body: unknown): Promise<boolean> {
  return (await tx.query("insert into server_letter (server, body) select id, $2 from app_server where id = $1 returning n", [server, JSON.stringify(body)])).length > 0;
}

/** Takes the letters to this app server, oldest first. */
export async function takeLetters<T>(db: Queries, server: string): Promise<readonly T[]> {
  const rows = await db.query<{ n: number; body: T }>("delete from server_letter where server = $1 returning n, body", [server]);
  return rows.sort((a, b) => a.n - b.n).map(({ body }) => body);
}
