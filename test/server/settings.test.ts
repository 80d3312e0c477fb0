import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readSettings, settingNames, settingRows, type Settings } from "#server/settings.ts";

function good(env: Record<string, string>): Settings {
  const reading = readSettings(env, "/project");
  if (!reading.ok) throw new Error(reading.problem);
  return reading.settings;
}

function problem(env: Record<string, string>): string {
  const reading = readSettings(env, "/project");
  return reading.ok ? "none" : reading.problem;
}

describe("the settings", () => {
  it("have the standard values of the README when nothing is given, or only empty texts", () => {
    const standard: Settings = {
      port: 7000,
      host: "127.0.0.1",
      dataDir: "/project/data",
      databaseUrl: null,
      demo: null,
      demoPassword: null,
      publicUrl: null,
      tls: null,
      trustProxy: false,
      secret: null,
      secretsBefore: [],
      sip: { kind: "embedded", domain: null },
      ice: { servers: [], turn: null }, keepTextsDays: null, backUpPassphrase: null,
    };
    expect(good({})).toEqual(standard);
    expect(good(Object.fromEntries(settingNames.map((name) => [name, " "])))).toEqual(standard);
  });

  it("are all listed by --help, and nothing else is", () => {
    expect(settingRows.map((row) => row.name)).toEqual(settingNames);
    expect(settingRows.every((row) => row.says.length > 10)).toBe(true);
  });

  it("are all in the README", () => {
    const readme = fileURLToPath(new URL("../../README.md", import.meta.url));
    expect(existsSync(readme)).toBe(true);
    const text = readFileSync(readme, "utf8");
    expect(settingNames.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it("take what they are given", () => {
    const settings = good({
      PORT: "8443",
      HOST: "0.0.0.0",
      DATA_DIR: "elsewhere/data",
      DATABASE_URL: "postgres://u:p@db.example.com/sufler",
      DEMO: "off",
      PUBLIC_URL: "https://sufler.example.com/",
      TLS_CERT: "/etc/tls/cert.pem",
      TLS_KEY: "key.pem",
      TRUST_PROXY: "ON",
      SECRET: "s".repeat(32),
      SIP_SERVER: "wss://pbx.example.com:8089/ws, wss://pbx2.example.com/ws",
      SECRET_BEFORE: `${"o".repeat(32)}, ${"p".repeat(40)}`,
      SIP_LINES: "lines.csv",
      TURN_URL: "turn:turn.example.com:3478, turns:turn.example.com:5349?transport=tcp",
      TURN_SECRET: "x",
    });
    expect(settings).toMatchObject({
      port: 8443,
      host: "0.0.0.0",
      dataDir: "/project/elsewhere/data",
      databaseUrl: "postgres://u:p@db.example.com/sufler",
      demo: false,
      publicUrl: "https://sufler.example.com",
      tls: { certFile: "/etc/tls/cert.pem", keyFile: "/project/key.pem" },
      trustProxy: true,
      secret: "s".repeat(32),
      secretsBefore: ["o".repeat(32), "p".repeat(40)],
      sip: { kind: "pbx", servers: ["wss://pbx.example.com:8089/ws", "wss://pbx2.example.com/ws"], domain: "pbx.example.com", linesFile: "/project/lines.csv" },
      ice: { servers: [], turn: { urls: ["turn:turn.example.com:3478", "turns:turn.example.com:5349?transport=tcp"], secret: "x" } },
    });
    expect(good({ ICE_SERVERS: '[{"urls":["stun:a.example"],"username":"u","credential":"c"}]' }).ice.servers).toHaveLength(1);
  });

  it.each([
    ["PORT", "70000"],
    ["PORT", "80a"],
    ["DATABASE_URL", "mysql://u@h/d"],
    ["DATABASE_URL", "postgres://host"],
    ["DEMO", "maybe"],
    ["DEMO_PASSWORD", "short"],
    ["PUBLIC_URL", "sufler.example.com"],
    ["PUBLIC_URL", "https://example.com/sufler"],
    ["TRUST_PROXY", "10.0.0.1"],
    ["SECRET", "too short"],
    ["SECRET_BEFORE", "too short"],
    ["BACKUP_PASSPHRASE", "too short"],
    ["SIP_SERVER", "sip:pbx.example.com"],
    ["SIP_SERVER", "wss://pbx.example.com/ws,pbx2.example.com"],
    ["ICE_SERVERS", "stun:a.example"],
    ["ICE_SERVERS", '[{"url":"stun:a.example"}]'],
    ["ICE_SERVERS", '[{"urls":"http://a.example"}]'],
    ["TURN_URL", "https://turn.example.com"],
  ])("refuse %s=%s in one sentence that names the setting", (name, value) => {
    expect(problem({ [name]: value })).toMatch(new RegExp(`^${name} [^\n]+\\.$`));
  });

  it("never repeat a secret in the sentence", () => {
    expect(problem({ SECRET: "hunter2" })).not.toContain("hunter2");
    expect(problem({ SECRET_BEFORE: "hunter2" })).not.toContain("hunter2");
    expect(problem({ DEMO_PASSWORD: "hunter2" })).not.toContain("hunter2");
    expect(problem({ DATABASE_URL: "mysql://u:hunter2@h/d" })).not.toContain("hunter2");
  });

  it.each([
    [{ TLS_CERT: "c.pem" }, /TLS_CERT and TLS_KEY belong together/],
    [{ TURN_URL: "turn:t.example" }, /TURN_URL and TURN_SECRET belong together/],
    [{ TURN_URL: "turn:t.example", TURN_SECRET: "x", ICE_SERVERS: "[]" }, /exclude each other/],
    [{ SIP_LINES: "lines.csv" }, /needs SIP_SERVER/],
    [{ SIP_SERVER: "ws://pbx.example.com", PUBLIC_URL: "https://sufler.example.com" }, /must begin with wss/],
    [{ PUBLIC_URL: "http://sufler.example.com" }, /must begin with https/],
    [{ HOST: "0.0.0.0", PUBLIC_URL: "https://sufler.example.com", DEMO: "on" }, /DEMO=on needs a HOST that only this machine can reach/],
  ])("refuse what does not go together: %j", (env, sentence) => {
    expect(problem(env)).toMatch(sentence);
  });

  it.each(["0.0.0.0", "::", "192.168.1.5", "sufler.local", "128.0.0.1"])("refuse HOST=%s without https, and say why", (host) => {
    expect(problem({ HOST: host })).toMatch(/browsers give microphone, offline work and encryption only to https pages/);
    expect(problem({ HOST: host, TLS_CERT: "c", TLS_KEY: "k" })).toBe("none");
    expect(problem({ HOST: host, PUBLIC_URL: "https://sufler.example.com" })).toBe("none");
  });

  it.each(["127.0.0.1", "127.8.9.1", "::1", "localhost"])("let HOST=%s do without https", (host) => {
    expect(problem({ HOST: host })).toBe("none");
  });

  it("take an IPv6 address in brackets, too", () => {
    expect(good({ HOST: "[::1]" }).host).toBe("::1");
  });
});
