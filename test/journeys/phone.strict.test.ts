/** The phone's line at an Asterisk that takes everything at its word. No sound: descriptions are texts here, so that no browser is needed. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { SessionDescriptionHandler } from "sip.js";
import { endOfRefusal } from "#domain/phone/refusals.ts";
import type { SipIncoming } from "#client/phone/sipIncoming.ts";
import { createSipLine, type LineEvent, type SipCall, type SipLine } from "#client/phone/sipLine.ts";
import { transfer } from "#client/phone/sipTransfer.ts";
import { checkServer } from "#server/phone/check/checkServer.ts";
import { hasPbx, startPbx, type Pbx } from "#test/kit/pbx.ts";
import { until } from "#test/kit/until.ts";

const sdp = (who: string) => [
  "v=0", `o=- ${who} 2 IN IP4 127.0.0.1`, "s=-", "t=0 0", "m=audio 40000 UDP/TLS/RTP/SAVPF 111 0", "c=IN IP4 127.0.0.1", "a=candidate:1 1 udp 2113937151 127.0.0.1 40000 typ host", `a=ice-ufrag:uf${who}`,
  `a=ice-pwd:passwordpasswordpassword${who}`, `a=fingerprint:sha-256 ${"AA:".repeat(31)}AA`, "a=setup:actpass", "a=mid:0", "a=sendrecv", "a=rtcp-mux", "a=rtpmap:111 opus/48000/2", "a=rtpmap:0 PCMU/8000", "",
].join("\r\n");
const sound = (who: string): SessionDescriptionHandler => ({
  close: () => undefined, hasDescription: () => true, setDescription: () => Promise.resolve(), rollbackDescription: () => Promise.resolve(), sendDtmf: () => true,
  getDescription: () => Promise.resolve({ body: sdp(who), contentType: "application/sdp" }),
});

interface Desk { readonly line: SipLine; readonly events: LineEvent[]; call?: SipCall; incoming?: SipIncoming }

describe.skipIf(!hasPbx)("the line on an Asterisk of strict settings (skipped: no PBX)", () => {
  let pbx: Pbx;
  let desks: Desk[] = [];

  beforeAll(() => {
    const page = { addEventListener: () => undefined, removeEventListener: () => undefined };
    vi.stubGlobal("window", Object.assign(globalThis, page));
    vi.stubGlobal("document", { ...page, visibilityState: "visible" });
    vi.stubGlobal("WebSocket", WebSocket);
  });
  afterAll(() => { vi.unstubAllGlobals(); });
  afterEach(async () => {
    await Promise.all(desks.map(({ line }) => line.stop()));
    desks = [];
    await pbx.stop();
  });

  async function desk(user: string): Promise<Desk> {
    const account = pbx.account(user);
    const made: Desk = { line: createSipLine(() => Promise.resolve(account), Date.now), events: [] };
    desks.push(made);
    made.line.onIncoming((incoming) => {
      made.incoming = incoming;
      made.call = incoming.answer(sound(user), (event) => void made.events.push(event));
    });
    made.line.start();
    await until("the registration", () => made.line.state.getState().state === "ready");
    return made;
  }
  function dial(from: Desk, to: string): LineEvent[] {
    const events: LineEvent[] = [];
    from.call = from.line.call(to, sound("1"), (event) => void events.push(event)) as SipCall;
    return events;
  }
  const has = (what: string, events: readonly LineEvent[], type: LineEvent["type"]) => until(what, () => events.find((event) => event.type === type));

  it.each([
    ["every ringing confirmed, every session timed to a minute and a half, every number asserted", "100rel=required\ntimers=required\ntimers_min_se=90\ntimers_sess_expires=90\nsend_pai=yes\ntrust_id_outbound=yes\ndirect_media=yes\ndirect_media_method=update"],
    ["nothing confirmed and nothing timed, and who speaks with whom told by UPDATE", "100rel=no\ntimers=no\nsend_rpid=yes\nrpid_immediate=yes\nsend_connected_line=yes\nconnected_line_method=update\ndirect_media=yes\ndirect_media_method=reinvite"],
  ])("calls, is called, holds on both sides and passes the call on with %s", async (_, settings) => {
    pbx = await startPbx(settings);
    const [one, two, three] = [await desk("1001"), await desk("1002"), await desk("1003")];
    const events = dial(one, "1002");
    await has("the answer", events, "answered");
    await has("the answer at the other end", two.events, "answered");
    expect(two.incoming?.caller.number).toBe("1001");
    expect([await one.call?.renegotiate(), await two.call?.renegotiate()]).toEqual(["done", "done"]);
    const of = one.call?.referable();
    const status = new Promise<number>((resolve) => { if (of) transfer(of, "1003", resolve); });
    await has("the third's answer", three.events, "answered");
    expect(await status).toBe(200);
    one.call?.hangUp();
    two.call?.hangUp();
    await has("the end", three.events, "ended");
  });

  it.each(["SHA-256", "SHA-512-256", "SHA-512-256, SHA-256, MD5", "MD5, SHA-256"])("proves its password by what Asterisk takes: %s", async (algorithms) => {
    pbx = await startPbx("send_pai=yes");
    await pbx.rewrite((text) => text.replaceAll("auth_type=userpass", `auth_type=digest\nsupported_algorithms_uas=${algorithms}`));
    const one = await desk("1001");
    const { username, password } = pbx.account("1001");
    const { steps } = await checkServer({ server: pbx.server, domain: "127.0.0.1", line: { username, password }, origin: "http://127.0.0.1", now: Date.now() });
    expect(steps.at(-1)).toMatchObject({ step: "register", ok: true });
    await has("the answer", dial(one, "601"), "answered");
  });

  it("[P3] tells what the network says of a call, also where Asterisk calls everything a decline (603)", async () => {
    pbx = await startPbx("send_pai=yes");
    const one = await desk("1001");
    const words: Record<number, string> = {};
    for (const cause of [17, 21, 27, 34, 41, 44, 88]) {
      await pbx.ask(`dialplan add extension 7${cause},1,Hangup,${cause} into desk`);
      const refused = await has("the refusal", dial(one, `7${cause}`), "refused");
      if (refused.type === "refused") words[cause] = endOfRefusal(refused.status, refused.reason);
    }
    expect(words).toEqual({ 17: "busy", 21: "declined", 27: "unavailable", 34: "noLines", 41: "serverDown", 44: "noLines", 88: "mediaFailed" });
  });
});
