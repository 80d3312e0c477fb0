/** Sound that a test can tell apart: each page speaks in a tone of its own. Choose tones that are no multiples of each other. */

const context = new AudioContext();

/** A live track with a steady tone, hertz. */
export function toneTrack(hertz: number): MediaStreamTrack {
  const oscillator = context.createOscillator();
  oscillator.frequency.value = hertz;
  const out = context.createMediaStreamDestination();
  oscillator.connect(out);
  oscillator.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error("no track");
  return track;
}

/** Makes the page's microphone a tone; counts how often it was asked for. */
export function fakeMicrophone(hertz: number, onAsk: () => void = () => undefined): { readonly asked: () => number; readonly tracks: readonly MediaStreamTrack[] } {
  const tracks: MediaStreamTrack[] = [];
  navigator.mediaDevices.getUserMedia = () => {
    onAsk();
    const track = toneTrack(hertz);
    tracks.push(track);
    return Promise.resolve(new MediaStream([track]));
  };
  return { asked: () => tracks.length, tracks };
}

/**
 * How loud each tone was in the middle of all looks within `ms`, decibels: above −40 it is heard, below −60 it is not.
 * Not the loudest look: one lost packet spreads over all tones.
 */
export async function hear(track: MediaStreamTrack, tones: readonly number[], ms: number): Promise<Record<number, number>> {
  const stream = new MediaStream([track.clone()]);
  // A remote track reaches WebAudio only while it is the source of an audio element, which may be muted.
  const element = new Audio();
  element.muted = true;
  element.srcObject = stream;
  await element.play();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const looks = tones.map((): number[] => []);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  for (const end = performance.now() + ms; performance.now() < end;) {
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    analyser.getFloatFrequencyData(spectrum);
    tones.forEach((tone, place) => {
      const bin = Math.round((tone * analyser.fftSize) / context.sampleRate);
      looks[place]?.push(Math.max(-200, ...spectrum.slice(bin - 1, bin + 2)));
    });
  }
  source.disconnect();
  element.srcObject = null;
  for (const each of stream.getTracks()) each.stop();
  return Object.fromEntries(tones.map((tone, place) => [tone, middle(looks[place] ?? [])]));
}

/** Listens to a tone for as long as the page lives: how long was it away at a stretch, at most, milliseconds? Counted once it has been heard. */
export async function watchTone(track: MediaStreamTrack, hertz: number): Promise<{ readonly longestSilence: () => number; readonly forget: () => void }> {
  const element = new Audio();
  element.muted = true;
  element.srcObject = new MediaStream([track]);
  await element.play();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  analyser.smoothingTimeConstant = 0;
  context.createMediaStreamSource(element.srcObject).connect(analyser);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const bin = Math.round((hertz * analyser.fftSize) / context.sampleRate);
  let heardAt: number | undefined;
  let longest = 0;
  setInterval(() => {
    analyser.getFloatFrequencyData(spectrum);
    const now = performance.now();
    const heard = Math.max(...spectrum.slice(bin - 1, bin + 2)) > -50;
    if (heardAt !== undefined) longest = Math.max(longest, now - heardAt);
    if (heard) heardAt = now;
  }, 10);
  return { longestSilence: () => longest, forget: () => { longest = 0; } };
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? -200;
}
