import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestDatabase } from "./database.ts";
import { startPbx, type Pbx } from "./pbx.ts";
import { openWire, type Wire } from "./proxy.ts";
import { startSufler, type TestSufler } from "./sufler.ts";

/** Sufler on a real PBX, with clients behind it instead of practice customers, and one agent's line there. */
export interface SuflerOnPbx {
  /** The PBX of the moment; `anotherLife` puts a new one in its place. */
  pbx: Pbx;
  /** What the page's socket to the PBX goes through. */
  readonly wire: Wire;
  readonly sufler: TestSufler;
  /** Whose line 1002 is. */
  readonly email: string;
  /** The PBX of the moment is over (killed or not): a new one, on the same wire. */
  anotherLife(): Promise<void>;
  /** Ends all of it and removes what it has written. */
  stop(): Promise<void>;
}

/** @param prepare done to the PBX before the page's line is known to Sufler */
export async function startSuflerOnPbx(prepare: (pbx: Pbx) => Promise<void> = async () => undefined): Promise<SuflerOnPbx> {
  const [pbx, database] = await Promise.all([startPbx(), startTestDatabase({ migrated: false })]);
  await prepare(pbx);
  const wire = await openWire(Number(new URL(pbx.server).port));
  const folder = mkdtempSync(join(tmpdir(), "sufler-lines-"));
  const email = "agent4@demo.example";
  writeFileSync(join(folder, "lines.csv"), `e-mail,user name,password\n${email},1002,${pbx.account("1002").password}\n`);
  const sufler = await startSufler({
    DATABASE_URL: database.url, SIP_SERVER: `ws://127.0.0.1:${wire.port}/ws`, SIP_DOMAIN: "127.0.0.1", SIP_LINES: join(folder, "lines.csv"), DEMO: "on",
  });
  await database.open().query("update prospect p set body = jsonb_set(body, '{phone}', to_jsonb('+799900' || lpad(n::text, 5, '0'))) from (select id, row_number() over (order by id) n from prospect) as o where o.id = p.id", []);
  const on: SuflerOnPbx = {
    pbx, wire, sufler, email,
    async anotherLife() {
      await on.pbx.stop();
      on.pbx = await startPbx();
      wire.mend(Number(new URL(on.pbx.server).port));
    },
    async stop() {
      await sufler.stop();
      await database.stop();
      await wire.close();
      await on.pbx.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return on;
}
