/** What the practice customers make of an offer that no browser has written. */
import { expect, it } from "vitest";
import { openMedia } from "#server/practice/media.ts";

/** As baresip 1.1 with ICE and DTLS-SRTP offers: no section has a name, nothing is bundled, the keys stand above all sections. */
const offer = (more: readonly string[] = []) => [
  "v=0", "o=- 2671263202 1217367734 IN IP4 192.0.2.2", "s=-", "c=IN IP4 192.0.2.2", "t=0 0", "a=ice-ufrag:2KGxzKq", "a=ice-pwd:tQDALUR5eXQnTL3s8NAdiAqm7zKvLNy", "a=setup:actpass",
  "a=fingerprint:SHA-256 3D:EC:14:09:20:F6:70:93:CD:C2:E4:C2:90:C0:7F:E3:0C:B6:E1:08:E3:99:99:A9:98:0A:92:CE:2B:DA:94:45",
  "m=audio 21114 UDP/TLS/RTP/SAVPF 0 96 101", "c=IN IP4 192.0.2.2", "a=rtpmap:0 PCMU/8000", "a=rtpmap:96 opus/48000/2", "a=fmtp:96 stereo=1;sprop-stereo=1", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15",
  "a=sendrecv", "a=label:1", "a=rtcp-rsize", "a=ssrc:1396688151 cname:sip:agent1@sufler.test", "a=rtcp-mux", "a=ptime:20", "a=candidate:1 1 UDP 2113929471 192.0.2.2 21114 typ host", ...more, "",
].join("\r\n");

async function answerTo(sdp: string): Promise<string> {
  const media = openMedia("PCMU", { heard: () => undefined, connected: () => undefined, lost: () => undefined });
  try {
    await media.prepare(sdp);
    return await media.answer(sdp);
  } finally {
    media.close();
  }
}

it("is answered although its sections have no names, bundles nothing, and says where the sound goes", async () => {
  const answer = await answerTo(offer());
  expect(answer).not.toMatch(/^a=group:BUNDLE/m);
  const [, port, address] = /^m=audio (\d+) UDP\/TLS\/RTP\/SAVPF 0 101\r\nc=IN IP4 (\S+)\r$/m.exec(answer) ?? [];
  // One of the candidates, as readers before RFC 8839 want it: otherwise they take it for no ICE at all.
  expect(answer).toMatch(new RegExp(`^a=candidate:\\S+ 1 udp \\d+ ${address ?? "none"} ${port ?? "none"} typ host`, "m"));
});

it("with a picture beside the sound has the picture refused, in its place (RFC 3264 6)", async () => {
  const answer = await answerTo(offer(["m=video 21116 UDP/TLS/RTP/SAVPF 97", "a=rtpmap:97 VP8/90000", "a=rtcp-mux", "a=sendrecv"]));
  expect([...answer.matchAll(/^m=(\w+) (\d+)/gm)].map(([, what, port]) => [what, port === "0"])).toEqual([["audio", false], ["video", true]]);
});
