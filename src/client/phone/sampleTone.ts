import { playThrough } from "./speaker.ts";

/** Hertz: a fifth, which sounds like a greeting rather than like an alarm. */
const NOTES = [523.25, 783.99];
/** Seconds from one note to the next. */
const APART = 0.28;
const LOUDNESS = 0.12;

/** Plays two soft notes through that speaker ("" is the computer's own), to answer "do I hear anything?". To be called from a key or a click. */
export function sampleTone(speaker = ""): void {
  const context = new AudioContext();
  void playThrough(context, speaker);
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.connect(context.destination);
  NOTES.forEach((frequency, index) => {
    const begin = context.currentTime + 0.05 + index * APART;
    const note = context.createOscillator();
    note.frequency.value = frequency;
    gain.gain.setTargetAtTime(LOUDNESS, begin, 0.02);
    gain.gain.setTargetAtTime(0, begin + 0.2, 0.06);
    note.connect(gain);
    note.start(begin);
    note.stop(begin + 0.7);
    if (index === NOTES.length - 1) note.onended = () => void context.close();
  });
}
