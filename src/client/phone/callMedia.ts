import { playThrough } from "./speaker.ts";

/**
 * The sound of one call: its peer connection, the agent's track in it, the client's voice out of it. Made before the
 * call, so that the offer is there when the key is pressed. Knows nothing of SIP but that offers and answers (RFC 3264)
 * come and go; the line asks it for them.
 */
export interface CallMedia {
  /** The offer or the answer that is due, with candidates. */
  getDescription(): Promise<{ body: string; contentType: string }>;
  /** Takes the far side's offer or answer. Rejects when there is no sense in it. */
  setDescription(sdp: string): Promise<void>;
  hasDescription(contentType: string): boolean;
  /** Takes back an offer that was refused, of ours or of the far side. */
  rollbackDescription(): Promise<void>;
  sendDtmf(tones: string): boolean;
  /** An answer that comes before the call is answered (early media); the final one may differ. */
  early(sdp: string): Promise<boolean>;
  mute(on: boolean): void;
  /** Neither heard nor hearing, whatever is agreed with the far side (rule B2). */
  park(on: boolean): void;
  /** What the next offer says; the sound stops at once. */
  hold(on: boolean): void;
  /** The next offer begins connectivity anew (RFC 8445 9). */
  restart(): void;
  /** Goes on with another microphone. The track is ours from now on. */
  useTrack(track: MediaStreamTrack): Promise<void>;
  /** Sends what is made of the agent's track in its stead; made anew when the microphone changes. Undefined: the agent's voice alone. */
  send(make: ((mine: MediaStreamTrack) => MediaStreamTrack) | undefined): void;
  /** The client's voice comes out of another device from now on, by the browser's id; "" is the computer's own. */
  playOn(speaker: string): void;
  readonly mine: MediaStreamTrack;
  readonly theirs: MediaStreamTrack | undefined;
  /** The client's voice as it is being played: WebAudio hears a remote track only in the stream that an element plays. */
  readonly playing: MediaStream | undefined;
  readonly connection: RTCPeerConnection;
  /** Ends everything, its own track too. May be called twice. */
  close(): void;
}

export interface CallMediaEvents {
  readonly onState: (state: RTCPeerConnectionState) => void;
  /** The microphone of this call is gone (unplugged, taken away). */
  readonly onTrackLost: () => void;
  /** The far side has put us on hold, or taken us back (RFC 3264 8.4). */
  readonly onHeldBy?: (on: boolean) => void;
}

/** How long to wait for candidates, milliseconds; those that are there by then must do. */
const GATHER_AT_MOST = 2000;
const SDP = "application/sdp";

/**
 * Takes `track` over: it is stopped with the call, so give a clone.
 * @param onClosed called once, at the end
 * @param answering the far side makes the first offer
 */
export function createCallMedia(
  track: MediaStreamTrack, iceServers: RTCIceServer[], events: () => CallMediaEvents | undefined, onClosed: () => void = () => undefined, answering = false,
): CallMedia {
  // No "max-bundle": with it Chromium refuses an answer that names no bundle, as rtpengine's does; with one sound it changes nothing else.
  const connection = new RTCPeerConnection({ iceServers });
  const ear = new Audio();
  ear.autoplay = true;
  let mine = track;
  let theirs: MediaStreamTrack | undefined;
  let muted = false;
  let held = false;
  let parked = false;
  let heldBy = false;
  let sending: ((mine: MediaStreamTrack) => MediaStreamTrack) | undefined;
  let restartNext = false;
  let closed = false;
  let rollback: Promise<void> | undefined;

  const stream = new MediaStream([track]);
  // Only what addTrack made is taken for the far side's first offer (RFC 8829 5.10).
  const sender = answering ? connection.addTrack(track, stream) : connection.addTransceiver(track, { direction: "sendrecv", streams: [stream] }).sender;
  const watchTrack = () => { mine.onended = () => events()?.onTrackLost(); };
  watchTrack();
  connection.onconnectionstatechange = () => events()?.onState(connection.connectionState);
  connection.ontrack = (event) => {
    if (event.transceiver.sender !== sender) return; // A camera, or a second voice: refused in our answer.
    theirs = event.track;
    ear.srcObject = new MediaStream([event.track]);
    // Refused only where no gesture and no live microphone is; the desk's sound check is about that.
    ear.play().catch(() => undefined);
  };

  // What waits inside a closed connection never settles (W3C webrtc-pc 4.3.2), so the line would wait for ever with it.
  let letGo: (error: Error) => void = () => undefined;
  const gone = new Promise<never>((_, reject) => { letGo = reject; });
  gone.catch(() => undefined);
  const unlessGone = <T>(work: Promise<T>): Promise<T> => Promise.race([work, gone]);

  // Pressing the key must not wait, so the first offer is on its way from now on.
  let first: Promise<void> | undefined = answering ? undefined : describe();
  first?.catch(() => undefined);

  async function describe(): Promise<void> {
    const offering = connection.signalingState === "stable";
    const iceRestart = restartNext;
    restartNext = false;
    if (offering) await connection.setLocalDescription(await connection.createOffer({ iceRestart }));
    else await answer();
    await gathered(connection, iceRestart);
  }

  /** One voice each way is all that this phone has: whatever else is offered is refused, and all of it when there is no voice (RFC 3264 6). */
  async function answer(): Promise<void> {
    for (const each of connection.getTransceivers()) if (each.sender !== sender) each.stop();
    const made = await connection.createAnswer();
    if (!hasVoice(made.sdp ?? "")) throw new Error("No codec in common");
    await connection.setLocalDescription(made);
  }

  /** What the far side is in the connection that there is (RFC 8842 5.5). */
  function settledRole(): "active" | "passive" | undefined {
    const { currentLocalDescription: local, currentRemoteDescription: remote } = connection;
    if (!local || !remote) return undefined;
    const theirs = setupOf(remote.sdp);
    return theirs === "active" || theirs === "passive" ? theirs : setupOf(local.sdp) === "active" ? "passive" : "active";
  }

  /**
   * Does an offer give the two sides other roles than their connection has? Chromium refuses it too late: nothing could be agreed on in
   * this call any more, no hold and no way back.
   */
  function turnsRoles(sdp: string): boolean {
    const [role, wanted] = [settledRole(), setupOf(sdp)];
    return role !== undefined && (wanted === "active" || wanted === "passive") && wanted !== role;
  }

  function apply(): void {
    // Held means silence both ways, also where the far side does not mind the direction.
    mine.enabled = !muted && !held && !parked;
    ear.muted = held || parked;
  }

  function noticeHold(sdp: string): void {
    const on = holdsUs(sdp, held);
    if (on === heldBy) return;
    heldBy = on;
    events()?.onHeldBy?.(on);
  }

  return {
    connection,
    get mine() { return mine; },
    get theirs() { return theirs; },
    get playing() { return ear.srcObject instanceof MediaStream ? ear.srcObject : undefined; },
    async getDescription() {
      const ready = first ?? describe();
      first = undefined;
      await unlessGone(ready);
      const sdp = connection.localDescription?.sdp ?? "";
      // Only the far side is told of the hold: a refused offer that had turned our own receiving off would leave it off.
      return { body: held ? sdp.replace(/^a=sendrecv\r$/gm, "a=sendonly\r") : sdp, contentType: SDP };
    },
    async setDescription(sdp) {
      // A fax that wants the sound's place, or a far side that has none: taken, it would end the sound for good.
      if (!hasVoice(sdp) && (connection.signalingState === "stable" || connection.currentRemoteDescription === null)) throw new Error("No sound is described");
      if (connection.signalingState === "stable") {
        if (turnsRoles(sdp)) throw new Error("The roles of DTLS are settled");
        await unlessGone(connection.setRemoteDescription({ type: "offer", sdp }));
      } else {
        // FreeSWITCH leaves the role open in the answer after two offers have crossed; Chromium takes no such answer.
        const role = settledRole();
        await unlessGone(connection.setRemoteDescription({ type: "answer", sdp: role ? sdp.replace(/^a=setup:actpass/gm, `a=setup:${role}`) : sdp }));
      }
      noticeHold(sdp);
    },
    hasDescription: (contentType) => contentType === SDP,
    rollbackDescription() {
      // sip.js asks twice when the socket died under the offer, and ends the call when the second time fails.
      rollback ??= (async () => {
        if (connection.signalingState === "have-local-offer") await unlessGone(connection.setLocalDescription({ type: "rollback" }));
        if (connection.signalingState === "have-remote-offer") await unlessGone(connection.setRemoteDescription({ type: "rollback" }));
      })().finally(() => { rollback = undefined; });
      return rollback;
    },
    sendDtmf(tones) {
      const { dtmf } = sender;
      if (!dtmf?.canInsertDTMF) return false;
      // Inserting replaces what waits, so what waits goes along. 120 ms each, as PBXs like them (RFC 4733 2.5.1.3 leaves it open).
      dtmf.insertDTMF(dtmf.toneBuffer + tones, 120, 70);
      return true;
    },
    async early(sdp) {
      if (connection.signalingState !== "have-local-offer") return theirs !== undefined;
      try {
        await unlessGone(connection.setRemoteDescription({ type: "pranswer", sdp }));
        return true;
      } catch {
        return false; // The call may still be answered with a description that makes sense.
      }
    },
    mute(on) { muted = on; apply(); },
    park(on) { parked = on; apply(); },
    hold(on) { held = on; apply(); },
    restart() { restartNext = true; },
    async useTrack(next) {
      const before = mine;
      before.onended = null;
      mine = next;
      watchTrack();
      apply();
      await sender.replaceTrack(sending ? sending(next) : next);
      before.stop();
    },
    send(make) {
      sending = make;
      // Rejects only in a connection that is closed, where nothing is sent any more.
      sender.replaceTrack(make ? make(mine) : mine).catch(() => undefined);
    },
    playOn(speaker) { void playThrough(ear, speaker); },
    close() {
      if (closed) return;
      closed = true;
      onClosed();
      letGo(new Error("The call is over"));
      mine.onended = null;
      mine.stop();
      ear.pause();
      ear.srcObject = null;
      connection.onconnectionstatechange = null;
      connection.ontrack = null;
      connection.close();
    },
  };
}

/** Is there a voice in this description? Port 0 means none (RFC 3264 6), unless the voice goes along with something else (RFC 9143 6). */
function hasVoice(sdp: string): boolean {
  return sdp.split(/^(?=m=)/m).some((part) => part.startsWith("m=audio ") && (!part.startsWith("m=audio 0 ") || /^a=bundle-only\r?$/m.test(part)));
}

const setupOf = (sdp: string): string | undefined => /^a=setup:(\w+)/m.exec(sdp)?.[1];

/** Does this description of the far side's put us on hold? `inactive` is also the answer to a hold of our own (RFC 3264 8.4). */
export function holdsUs(sdp: string, held: boolean): boolean {
  const audio = sdp.slice(Math.max(0, sdp.search(/^m=audio/m)));
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(audio)?.[1];
  // Not by the address 0.0.0.0, as old telephones did it: with ICE that only means that the way is told elsewhere (RFC 8840 4.1).
  return direction === "sendonly" || (direction === "inactive" && !held);
}

function gathered(connection: RTCPeerConnection, again: boolean): Promise<void> {
  if (connection.iceGatheringState === "complete" && !again) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      connection.removeEventListener("icegatheringstatechange", changed);
      resolve();
    };
    const changed = () => { if (connection.iceGatheringState === "complete") done(); };
    const timer = setTimeout(done, GATHER_AT_MOST);
    connection.addEventListener("icegatheringstatechange", changed);
  });
}
