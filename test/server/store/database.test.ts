import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";
import { until } from "#test/kit/until.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase({ migrated: false });
  await database.db.query("create table thing (id integer primary key, word text)");
}, 60_000);
afterAll(() => database.stop());

describe("the embedded server", () => {
  it("keeps texts as UTF-8, folds Cyrillic whatever the machine's locale, keeps fsync on and asks for the password", async () => {
    const [row] = await database.db.query("select current_setting('server_encoding') as encoding, lower('ЖУК') as lowered, current_setting('fsync') as fsync, current_setting('TimeZone') as zone");
    expect(row).toEqual({ encoding: "UTF8", lowered: "жук", fsync: "on", zone: "UTC" });
    const [listening] = await database.db.query("select current_setting('listen_addresses') as tcp, current_setting('unix_socket_directories') as sockets");
    expect(listening).toEqual({ tcp: "127.0.0.1", sockets: "" });
    const rules = await database.db.query<{ auth_method: string }>("select distinct auth_method from pg_hba_file_rules");
    expect(rules).toEqual([{ auth_method: "scram-sha-256" }]);
  });
});

describe("a query", () => {
  it("binds its values, whatever they hold", async () => {
    const hostile = "'; drop table thing; --";
    expect(await database.db.query("select $1::text as word", [hostile])).toEqual([{ word: hostile }]);
  });

  it("gives bigint as a number, and refuses one that a number cannot hold", async () => {
    expect(await database.db.query("select 9007199254740991::bigint as n, count(*) as c from thing")).toEqual([{ n: 9007199254740991, c: 0 }]);
    await expect(database.db.query("select 9007199254740992::bigint as n")).rejects.toThrow(/too great/);
  });
});

describe("a transaction", () => {
  it("keeps all or nothing", async () => {
    await database.db.transaction(async (tx) => {
      await tx.query("insert into thing values (1, 'kept')");
    });
    const failing = database.db.transaction(async (tx) => {
      await tx.query("insert into thing values (2, 'lost')");
      await tx.query("insert into thing values (1, 'again')");
    });
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await database.db.query("select id from thing order by id")).toEqual([{ id: 1 }]);
  });

  it("fails alone when its connection is cut, and the next one works", async () => {
    const cut = database.db.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
      await database.db.query("select pg_terminate_backend($1)", [row?.pid]);
      await until("the cut", async () => (await database.db.query("select 1 from pg_stat_activity where pid = $1", [row?.pid])).length === 0);
      await tx.query("select 1");
    });
    await expect(cut).rejects.toThrow();
    expect(await database.db.transaction((tx) => tx.query("select 1 as one"))).toEqual([{ one: 1 }]);
  });
});

describe("listening", () => {
  it("hears what another app server tells, and nothing any more once ended", async () => {
    const other = database.open();
    const heard: string[] = [];
    const end = await database.db.listen("news", { heard: (payload) => heard.push(payload), mayHaveMissed: () => {} });
    await other.query("select pg_notify('news', 'first')");
    await until("the news", () => heard.length === 1);
    await end();
    await other.query("select pg_notify('news', 'second')");
    const second: string[] = [];
    await database.db.listen("more news", { heard: (payload) => second.push(payload), mayHaveMissed: () => {} });
    await other.query("select pg_notify('more news', 'third')");
    await until("the third", () => second.length === 1);
    expect(heard).toEqual(["first"]);
  });

  it("comes back by itself after its connection is cut, and says that something may have been missed", async () => {
    const other = database.open();
    const heard: string[] = [];
    let missed = 0;
    await database.db.listen("lasting", { heard: (payload) => heard.push(payload), mayHaveMissed: () => (missed += 1) });
    await other.query("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and pid <> pg_backend_pid()");
    await until("the reconnection", () => missed === 1);
    await other.query("select pg_notify('lasting', 'still here')");
    await until("the news", () => heard.length === 1);
    expect(heard).toEqual(["still here"]);
  });
});
