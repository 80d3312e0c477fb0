import type { CallMedia } from "./callMedia.ts";

/**
 * Joins two calls: each far side hears the agent and the other one, mixed here (a conference of three). Muting a call mutes
 * the agent in it, not the other. Returns how to part them; a call that has ended meanwhile is no trouble.
 */
export function joinCalls(a: CallMedia, b: CallMedia): () => void {
  const context = new AudioContext();
  void context.resume();

  const mixFor = (other: CallMedia) => {
    let parts: readonly AudioNode[] = [];
    return (mine: MediaStreamTrack): MediaStreamTrack => {
      for (const part of parts) part.disconnect();
      const out = context.createMediaStreamDestination();
      const voices = [new MediaStream([mine]), ...(other.playing ? [other.playing] : [])];
      parts = voices.map((voice) => context.createMediaStreamSource(voice));
      for (const part of parts) part.connect(out);
      const [track] = out.stream.getAudioTracks();
      // A destination of audio always has its track (W3C Web Audio 1.24).
      return track ?? mine;
    };
  };
  a.send(mixFor(b));
  b.send(mixFor(a));
  return () => {
    a.send(undefined);
    b.send(undefined);
    void context.close();
  };
}
