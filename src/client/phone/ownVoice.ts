/** How often the level is told, milliseconds. */
const EVERY = 120;

/**
 * Tells how loud a track is, 0 to 1, until the returned function is called; the track then ends. A connection measures
 * its own sound only while it sends, and before a call there is nothing to send.
 */
export function ownVoice(track: MediaStreamTrack, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  let last = -1;
  const timer = setInterval(() => {
    // A page that nobody has touched yet may not run one; it may from the first touch on.
    if (context.state === "suspended") void context.resume();
    analyser.getFloatTimeDomainData(wave);
    const level = Math.round(wave.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * 100) / 100;
    if (level !== last) tell(level);
    last = level;
  }, EVERY);
  return () => {
    clearInterval(timer);
    track.stop();
    void context.close();
  };
}
