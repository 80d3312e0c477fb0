import { plainDialing, type DialPlan } from "#domain/phone/dialPlan.ts";
import type { IceSettings, SipSettings } from "#server/settings.ts";
import type { Database } from "#server/store/database.ts";
import type { PhoneSetup } from "#wire/api.ts";
import type { Seals } from "./seals.ts";
import { keepSetup, keptSetup, type KeptSetup } from "./setupStore.ts";

/** How the company's telephony is reached: what the environment says, and where it says nothing, what the admin has entered. */
export interface PhoneWorld {
  /** In order of preference; none: the embedded switch. */
  readonly servers: readonly string[];
  readonly domain: string;
  readonly plan: DialPlan;
  readonly ice: IceSettings;
  /** Given by the environment, so that the admin cannot change it. */
  readonly fixed: { readonly sip: boolean; readonly ice: boolean };
  /** Of what the admin has entered; 0 when nothing yet. */
  readonly version: number;
  readonly hasTurnSecret: boolean;
}

export interface Setup {
  /** As of now; another app server may have taken a change in. */
  read(): Promise<PhoneWorld>;
  /** As of the last look, which is at most some seconds old while anybody asks. */
  lately(): PhoneWorld;
  /** False when somebody else has saved since version `based`. `turnSecret` undefined: as it was; null: none. */
  save(based: number, wish: PhoneSetup, turnSecret: string | null | undefined): Promise<boolean>;
}

/** How old a look at the database may be, ms. */
const LOOK = 5_000;

export async function openSetup(db: Database, seals: Seals, env: { readonly sip: SipSettings; readonly ice: IceSettings }, trouble: (what: string, error: unknown) => void): Promise<Setup> {
  let world = worldOf(await keptSetup(db), seals, env);
  let lookedAt = performance.now();
  let looking: Promise<PhoneWorld> | undefined;
  const look = async (): Promise<PhoneWorld> => {
    const kept = await keptSetup(db);
    lookedAt = performance.now();
    return (world = worldOf(kept, seals, env));
  };
  const read = (): Promise<PhoneWorld> => (looking ??= look().finally(() => { looking = undefined; }));
  return {
    read,
    lately() {
      if (performance.now() - lookedAt > LOOK) read().catch((error: unknown) => trouble("The phone's setting cannot be read", error));
      return world;
    },
    async save(based, wish, turnSecret) {
      const before = await keptSetup(db);
      const secret = turnSecret === undefined ? before?.turnSecret ?? null : turnSecret === null ? null : seals.seal(turnSecret);
      const saved = await keepSetup(db, based, { ...wish, turnSecret: wish.turnUrls.length > 0 ? secret : null });
      await look();
      return saved;
    },
  };
}

function worldOf(kept: KeptSetup | undefined, seals: Seals, env: { readonly sip: SipSettings; readonly ice: IceSettings }): PhoneWorld {
  const fixed = { sip: env.sip.kind === "pbx", ice: env.ice.servers.length > 0 || env.ice.turn !== null };
  const secret = kept?.turnSecret ? seals.open(kept.turnSecret)?.text : undefined;
  const own: IceSettings = {
    servers: kept && kept.stunUrls.length > 0 ? [{ urls: kept.stunUrls }] : [],
    turn: kept && secret !== undefined && kept.turnUrls.length > 0 ? { urls: kept.turnUrls, secret } : null,
  };
  return {
    ...(env.sip.kind === "pbx" ? { servers: env.sip.servers, domain: env.sip.domain } : { servers: kept?.servers ?? [], domain: kept?.domain ?? "" }),
    plan: kept?.plan ?? plainDialing,
    ice: fixed.ice ? env.ice : own,
    fixed, version: kept?.version ?? 0, hasTurnSecret: secret !== undefined,
  };
}

/** What the admin sees of it: no secret. */
export function shown(world: PhoneWorld): PhoneSetup {
  const urls = world.ice.servers.flatMap((one) => one.urls);
  return { servers: world.servers, domain: world.domain, plan: world.plan, stunUrls: urls, turnUrls: world.ice.turn?.urls ?? [] };
}
