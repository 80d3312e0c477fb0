/** The sound of a call against far sides that describe theirs as other exchanges do. Runs in the page, without SIP: what the line would answer by 488 is "refused". */
import { createCallMedia, type CallMedia } from "#client/phone/callMedia.ts";
import { toneTrack } from "./tones.ts";

type Change = (sdp: string) => string;
const same: Change = (sdp) => sdp;

function eventually<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const until = performance.now() + 60_000;
  return (async () => {
    for (;;) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      if (performance.now() > until) throw new Error(`Waited in vain for ${what}`);
      await new Promise((resolve) => { setTimeout(resolve, 30); });
    }
  })();
}
const gathered = (far: RTCPeerConnection) => eventually("candidates", () => far.iceGatheringState === "complete");
const described = (far: RTCPeerConnection) => far.localDescription?.sdp ?? "";

function farEnd(configuration: RTCConfiguration = {}): RTCPeerConnection {
  const far = new RTCPeerConnection(configuration);
  const track = toneTrack(700);
  far.addTrack(track, new MediaStream([track]));
  return far;
}

async function answerOf(far: RTCPeerConnection, offer: string): Promise<string> {
  await far.setRemoteDescription({ type: "offer", sdp: offer });
  await far.setLocalDescription(await far.createAnswer());
  await gathered(far);
  return described(far);
}

export interface Talk { readonly ours: CallMedia; readonly far: RTCPeerConnection; readonly heldBy: boolean[] }

/** A call of ours that is answered. */
async function talk(change: Change = same, configuration: RTCConfiguration = {}): Promise<Talk> {
  const heldBy: boolean[] = [];
  const ours = createCallMedia(toneTrack(450), [], () => ({ onState: () => undefined, onTrackLost: () => undefined, onHeldBy: (on) => heldBy.push(on) }));
  const far = farEnd(configuration);
  await ours.setDescription(change(await answerOf(far, (await ours.getDescription()).body)));
  await hears(ours);
  return { ours, far, heldBy };
}

/** Sound comes from now on: energy is counted, which is cheaper than to look for a tone, and cannot be noise. */
async function hears({ connection }: CallMedia): Promise<true> {
  const energy = async () => [...(await connection.getStats()).values() as Iterable<{ type: string; totalAudioEnergy?: number }>].reduce((sum, each) => sum + (each.type === "inbound-rtp" ? each.totalAudioEnergy ?? 0 : 0), 0);
  const before = await energy();
  return eventually("sound", async () => await energy() > before + 0.001);
}

/** The far side offers anew. Gives our answer, or "refused"; the far side then goes on as before. */
async function reoffer({ ours, far }: Talk, change: Change = same): Promise<string> {
  await far.setLocalDescription(await far.createOffer());
  await gathered(far);
  try {
    await ours.setDescription(change(described(far)));
    return (await ours.getDescription()).body;
  } catch {
    await ours.rollbackDescription();
    await far.setLocalDescription({ type: "rollback" });
    return "refused";
  }
}
/** The far side offers anew, and takes our answer. */
async function renew(with_: Talk, change: Change = same, taking: Change = same): Promise<string> {
  const body = await reoffer(with_, change);
  if (body !== "refused") await with_.far.setRemoteDescription({ type: "answer", sdp: taking(body) });
  return body;
}
const end = ({ ours, far }: Talk) => { ours.close(); far.close(); };

const onlyAudio = (line: string): Change => (sdp) => sdp.replace(/^m=audio.*$/m, line);
const without = (what: RegExp): Change => (sdp) => sdp.split("\r\n").filter((each) => !what.test(each)).join("\r\n");
/** Only these payload types, in their order. */
const only = (...kept: readonly string[]): Change => (sdp) => sdp.replace(/^(m=audio \d+ \S+).*$/m, `$1 ${kept.join(" ")}`).split("\r\n")
  .filter((line) => !/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.test(line) || kept.includes(/:(\d+)/.exec(line)?.[1] ?? "")).join("\r\n");
const typeOf = (sdp: string, codec: string): string => new RegExp(`^a=rtpmap:(\\d+) ${codec}/8000`, "mi").exec(sdp)?.[1] ?? "";
const renumber = (sdp: string, from: string, to: string): string => sdp
  .replace(/^(m=audio \d+ \S+)(.*)$/m, (_, start: string, types: string) => start + types.replace(new RegExp(` ${from}(?![0-9])`), ` ${to}`))
  .replaceAll(new RegExp(`^(a=(?:rtpmap|fmtp|rtcp-fb)):${from} `, "gm"), `$1:${to} `);
/** How the video is described. */
const videoOf = (sdp: string): string | undefined => /^m=video 0/m.test(sdp) ? "refused" : /^a=(?:sendrecv|sendonly|recvonly|inactive)/m.exec(sdp.slice(sdp.indexOf("m=video")))?.[0];
/** What is described and not refused. */
const mediaLines = (sdp: string): readonly string[] => [...sdp.matchAll(/^(m=\w+) [1-9]/gm)].map(([, kind]) => kind ?? "");

const scenes = {
  async codec() {
    const made = await talk();
    const body = await renew(made, (sdp) => only("8", typeOf(sdp, "telephone-event"))(sdp));
    const types = /^m=audio \d+ \S+ (.*)\r$/m.exec(body)?.[1];
    const heard = await hears(made.ours);
    const strange = await reoffer(made, (sdp) => only("18")(sdp).replace(/^(a=mid:.*)$/m, "$1\r\na=rtpmap:18 G729/8000"));
    const still = await hears(made.ours);
    const after = await renew(made);
    end(made);
    return { types: types?.split(" ").length, first: types?.split(" ")[0], heard, strange, still, after: mediaLines(after) };
  },
  async hold() {
    const made = await talk();
    const answers: (string | undefined)[] = [];
    for (const direction of ["sendonly", "sendrecv", "inactive", "sendrecv"]) {
      const [own] = made.far.getTransceivers();
      if (own) own.direction = direction as RTCRtpTransceiverDirection;
      answers.push(/^a=(?:sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(await renew(made))?.[0].trim());
    }
    const heard = await hears(made.ours);
    const old = await renew(made, (sdp) => sdp.replaceAll(/^c=IN IP4 .*$/gm, "c=IN IP4 0.0.0.0"));
    const still = await hears(made.ours);
    end(made);
    return { answers, heldBy: made.heldBy, heard, old: mediaLines(old), still };
  },
  async video() {
    const made = await talk();
    made.far.addTransceiver("video");
    const body = await renew(made);
    const heard = await hears(made.ours);
    const again = await renew(made);
    // Our own offer, as with a hold of ours.
    await made.ours.setDescription(await answerOf(made.far, (await made.ours.getDescription()).body));
    const still = await hears(made.ours);
    end(made);
    // And from the beginning: a caller with a camera.
    const ours = createCallMedia(toneTrack(450), [], () => undefined, undefined, true);
    const far = farEnd();
    far.addTransceiver("video");
    await far.setLocalDescription(await far.createOffer());
    await gathered(far);
    await ours.setDescription(described(far));
    const first = (await ours.getDescription()).body;
    await far.setRemoteDescription({ type: "answer", sdp: first });
    const called = await hears(ours);
    end({ ours, far, heldBy: [] });
    return { directions: [body, again, first].map(videoOf), heard, still, called };
  },
  async fax() {
    const made = await talk();
    const body = await reoffer(made, (sdp) => `${onlyAudio("m=audio 0 UDP/TLS/RTP/SAVPF 0")(sdp)}m=image 9 udptl t38\r\nc=IN IP4 0.0.0.0\r\n`);
    const heard = await hears(made.ours);
    const after = await renew(made);
    end(made);
    return { body, heard, after: mediaLines(after) };
  },
  async unbundled() {
    const made = await talk();
    const body = await reoffer(made, without(/^a=rtcp-mux/));
    const heard = await hears(made.ours);
    const after = await renew(made);
    end(made);
    return { body, heard, after: mediaLines(after) };
  },
  async restart() {
    const made = await talk();
    const before = /^a=ice-ufrag:.*$/m.exec(described(made.far))?.[0];
    made.far.restartIce();
    await renew(made);
    const changed = before !== /^a=ice-ufrag:.*$/m.exec(described(made.far))?.[0];
    await eventually("the new way", () => made.far.connectionState === "connected");
    const heard = await hears(made.ours);
    end(made);
    return { changed, heard };
  },
  async roles() {
    const made = await talk();
    const settled = /^a=setup:(\w+)/m.exec(made.ours.connection.currentRemoteDescription?.sdp ?? "")?.[1];
    const keeps = await renew(made, (sdp) => sdp.replace(/^a=setup:.*$/m, `a=setup:${settled}`));
    const turned = await reoffer(made, (sdp) => sdp.replace(/^a=setup:.*$/m, `a=setup:${settled === "active" ? "passive" : "active"}`));
    const heard = await hears(made.ours);
    // An answer to an offer of ours that leaves open what is settled (FreeSWITCH, after two offers have crossed).
    await made.ours.setDescription((await answerOf(made.far, (await made.ours.getDescription()).body)).replace(/^a=setup:.*$/m, "a=setup:actpass"));
    const open = await hears(made.ours);
    const after = await renew(made);
    end(made);
    return { keeps: mediaLines(keeps), turned, heard, open, after: mediaLines(after) };
  },
  async fingerprint() {
    // The same certificate, named by another hash: who it is is read from the other side of a first call.
    const certificate = await RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" } as EcKeyGenParams);
    const first = await talk(same, { certificates: [certificate] });
    const [der] = first.ours.connection.getSenders()[0]?.transport?.getRemoteCertificates() ?? [];
    end(first);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", der ?? new ArrayBuffer(0)));
    const named = [...digest].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(":");
    const second = await talk((sdp) => sdp.replace(/^a=fingerprint:.*$/m, `a=fingerprint:sha-512 ${named}`), { certificates: [certificate] });
    end(second);
    return true;
  },
  async digits() {
    const elsewhere = await talk();
    const body = await renew(elsewhere, (sdp) => renumber(sdp, typeOf(sdp, "telephone-event"), "101"), (sdp) => renumber(sdp, "101", typeOf(described(elsewhere.far), "telephone-event")));
    const sent = elsewhere.ours.sendDtmf("5");
    end(elsewhere);
    const none = await talk((sdp) => only(...(/^m=audio \d+ \S+ (.*)\r$/m.exec(sdp)?.[1] ?? "").split(" ").filter((type) => !new RegExp(`^a=rtpmap:${type} telephone-event`, "m").test(sdp)))(sdp));
    const refused = none.ours.sendDtmf("5");
    end(none);
    return { type: typeOf(body, "telephone-event"), sent, absent: refused };
  },
  async fork() {
    const ours = createCallMedia(toneTrack(450), [], () => undefined);
    const [one, two] = [farEnd(), farEnd()];
    const offer = (await ours.getDescription()).body;
    const early = await ours.early(await answerOf(one, offer));
    await hears(ours);
    one.close();
    await ours.setDescription(await answerOf(two, offer));
    const heard = await hears(ours);
    ours.close();
    two.close();
    return { early, heard };
  },
  async another() {
    const made = await talk();
    // The exchange puts somebody else in the far side's place, with other keys and another address, in the same call.
    const other = farEnd();
    await other.setLocalDescription(await other.createOffer());
    await gathered(other);
    await made.ours.setDescription(described(other));
    await other.setRemoteDescription({ type: "answer", sdp: (await made.ours.getDescription()).body });
    made.far.close();
    const heard = await hears(made.ours);
    // And asks us for an offer, without one of its own.
    const offer = (await made.ours.getDescription()).body;
    await made.ours.setDescription(await answerOf(other, offer));
    const still = await hears(made.ours);
    other.close();
    end(made);
    return { heard, still };
  },
  async deaf() {
    const ours = createCallMedia(toneTrack(450), [], () => undefined);
    const far = farEnd();
    const answer = await answerOf(far, (await ours.getDescription()).body);
    const refused = await ours.setDescription(answer.replace(/^m=audio \d+/m, "m=audio 0")).then(() => "taken", () => "refused");
    end({ ours, far, heldBy: [] });
    return refused;
  },
};

type Scenes = typeof scenes;
/** Each in turn: what came of it. */
export async function foreignSound(): Promise<{ readonly [Name in keyof Scenes]: Awaited<ReturnType<Scenes[Name]>> }> {
  const told: [string, unknown][] = [];
  for (const [name, scene] of Object.entries(scenes)) {
    told.push([name, await scene().catch((error: unknown) => { throw new Error(`${name}: ${String(error)}`, { cause: error }); })]);
  }
  return Object.fromEntries(told) as never;
}
