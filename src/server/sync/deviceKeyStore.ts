import type { Person } from "#domain/base/campaign.ts";
import type { Queries } from "#server/store/database.ts";

/** Who may be spoken for by a device's key. */
export interface KeyHolder {
  readonly person: Person;
  /** Public key, SPKI (RFC 5280 section 4.1.2.7). */
  readonly key: Buffer;
}

/** Sets the device's key in place of an older one. */
export async function setDeviceKey(db: Queries, device: string, person: string, key: Buffer, until: Date): Promise<void> {
  await db.query(
    `insert into device_key (device, person, key, until) values ($1, $2, $3, $4)
     on conflict (device) do update set person = excluded.person, key = excluded.key, until = excluded.until`,
    [device, person, key, until],
  );
}

/** The holder of a device's key that has not ended, with the person as of now. */
export async function keyHolder(db: Queries, device: string, now: Date): Promise<KeyHolder | undefined> {
  const [row] = await db.query<Person & { key: Buffer }>(
    `select p.id, p.name, p.email, p.role, p.team, p.language, p.gender, k.key
     from device_key k join person p on p.id = k.person where k.device = $1 and k.until > $2`,
    [device, now],
  );
  if (!row) return undefined;
  const { key, ...person } = row;
  return { person, key };
}

/** Ends all keys of a person: a computer may have been lost, or the person has left the company. */
export async function endDeviceKeys(db: Queries, person: string): Promise<void> {
  await db.query("delete from device_key where person = $1", [person]);
}
