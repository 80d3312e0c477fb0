/** The phone's line at the Kamailio of docs/kamailio.md while its rtpengine stands still. No sound: what would be heard is told by the descriptions. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { SessionDescriptionHandler } from "sip.js";
import { createSipLine, type LineEvent, type SipCall, type SipLine } from "#client/phone/sipLine.ts";
import { hasKamailio, startKamailio, type Kamailio } from "#test/kit/kamailio.ts";
import { until } from "#test/kit/until.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** The port that a telephone names itself; rtpengine names its own. */
const OWN = 40_000;
const sdp = (who: string) => [
  "v=0", `o=- ${who} 2 IN IP4 127.0.0.1`, "s=-", "t=0 0", `m=audio ${OWN} UDP/TLS/RTP/SAVPF 111 0`, "c=IN IP4 127.0.0.1", `a=candidate:1 1 udp 2113937151 127.0.0.1 ${OWN} typ host`, `a=ice-ufrag:uf${who}`,
  `a=ice-pwd:passwordpasswordpassword${who}`, `a=fingerprint:sha-256 ${"AA:".repeat(31)}AA`, "a=setup:actpass", "a=mid:0", "a=sendrecv", "a=rtcp-mux", "a=rtpmap:111 opus/48000/2", "a=rtpmap:0 PCMU/8000", "",
].join("\r\n");

describe.skipIf(!hasKamailio)("the Kamailio of docs/kamailio.md (skipped: not installed)", () => {
  let pbx: Kamailio;
  let lines: SipLine[];
  /** All that came over both sockets. */
  const came: string[] = [];
  /** Where each telephone was told to send its sound. */
  let told: number[];
  let answered: SipCall | undefined;
  let events: LineEvent[];

  function sound(who: string): SessionDescriptionHandler {
    return {
      close: () => undefined, hasDescription: () => true, rollbackDescription: () => Promise.resolve(), sendDtmf: () => true,
      getDescription: () => Promise.resolve({ body: sdp(who), contentType: "application/sdp" }),
      setDescription: (given) => Promise.resolve(void told.push(Number(/^m=audio (\d+)/m.exec(given)?.[1]))),
    };
  }
  async function open(line: string): Promise<SipLine> {
    const made = createSipLine(() => Promise.resolve({ server: pbx.server, uri: `sip:${line}@${pbx.domain}`, username: line, password: pbx.passwordOf(line) }), Date.now);
    lines.push(made);
    made.onIncoming((incoming) => { answered = incoming.answer(sound("2"), () => undefined); });
    made.start();
    await until("the registration", () => made.state.getState().state === "ready");
    return made;
  }

  beforeAll(async () => {
    const page = { addEventListener: () => undefined, removeEventListener: () => undefined };
    vi.stubGlobal("window", Object.assign(globalThis, page));
    vi.stubGlobal("document", { ...page, visibilityState: "visible" });
    vi.stubGlobal("WebSocket", class extends WebSocket {
      constructor(...how: ConstructorParameters<typeof WebSocket>) {
        super(...how);
        this.on("message", (data: Buffer) => void came.push(data.toString("utf8")));
      }
    });
    pbx = await startKamailio();
  });
  afterAll(async () => { await pbx?.stop(); });
  afterEach(async () => {
    pbx.freezeSound(false);
    await Promise.all(lines.map((each) => each.stop()));
  });

  it("lets no offer past an rtpengine that does not answer: the call stays as it was, and the hold is done when it answers again", async () => {
    [lines, told, events] = [[], [], []];
    const [agent] = [await open("101"), await open("102")];
    const call = agent.call("102", sound("1"), (event) => void events.push(event));
    await until("the answer", () => events.some(({ type }) => type === "answered"));
    pbx.freezeSound(true);
    came.length = 0;
    const hold = call?.renegotiate();
    await until("the refusal", () => came.some((message) => message.startsWith("SIP/2.0 503 ") && /^Retry-After: 2\r$/m.test(message)));
    expect(told).toHaveLength(2);
    pbx.freezeSound(false);
    expect(await hold).toBe("done");
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told).not.toContain(OWN);
    call?.hangUp();
    await until("the goodbye", () => answered?.name() === undefined);
  });

  it("refuses a new call meanwhile, and nobody's telephone rings for silence", async () => {
    [lines, told, events] = [[], [], []];
    answered = undefined;
    const [agent] = [await open("101"), await open("102")];
    pbx.freezeSound(true);
    agent.call("102", sound("1"), (event) => void events.push(event));
    await until("the refusal", () => events.some((event) => event.type === "refused" && event.status === 503));
    expect([told, answered]).toEqual([[], undefined]);
  });
});
