// Makes the voices of the practice customers: text → synthesiser → another pitch, tract and pace → telephone band,
// even loudness → GSM 06.10. Run it with one command: node scripts/voices/make.mjs (see README.md beside this file).
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../../src/server/practice/voices");
const limit = 1_000_000;
/** Bytes and milliseconds of one GSM 06.10 frame. */
const frameBytes = 33;
const frameMs = 20;

const festival = (voice) => (text, out) => run("text2wave", ["-eval", `(${voice})`, text, "-o", out]);
const flite = (voice) => (text, out) => run("flite", ["-voice", voice, "-f", text, "-o", out]);

// The timbre comes from the recorded speaker; pitch is the median in Hz, range stretches the melody, pace below 1 is quicker.
const voices = [
  { language: "ru", gender: "m", speak: festival("voice_msu_ru_nsh_clunits"), formants: 1, pitch: 124, range: 1.1, pace: 0.79 },
  { language: "ru", gender: "f", speak: festival("voice_msu_ru_nsh_clunits"), formants: 1.17, pitch: 208, range: 1.15, pace: 0.78 },
  { language: "en", gender: "m", speak: flite("rms"), formants: 1, pitch: 112, range: 1.5, pace: 0.86 },
  { language: "en", gender: "f", speak: festival("voice_cmu_us_slt_arctic_hts"), formants: 1.03, pitch: 196, range: 1.35, pace: 0.95 },
];

/** How a mood changes the voice: pitch, range and pace are factors, gain is in dB. */
const moods = {
  angry: { pitch: 1.14, range: 1.35, pace: 0.92, gain: 2.5 },
  bright: { pitch: 1.06, range: 1.2, pace: 1, gain: 0 },
  tired: { pitch: 0.95, range: 0.85, pace: 1.08, gain: -1.5 },
  plain: { pitch: 1, range: 1, pace: 1, gain: 0 },
};
const moodOf = (situation) =>
  situation.startsWith("angry") || situation === "greetingCurt" || situation === "goodbyeCurt" ? moods.angry
  : /^(polite|agree|greetingFirm|greeting$|goodbye$)/.test(situation) ? moods.bright
  : /^(murmur|notSeason)/.test(situation) ? moods.tired
  : moods.plain;

const work = mkdtempSync(join(tmpdir(), "voices-"));
try {
  for (const tool of ["text2wave", "flite", "praat", "sox"]) need(tool);
  mkdirSync(target, { recursive: true });
  const index = { frameMs, voices: [] };
  let total = 0;
  for (const voice of voices) {
    const file = `${voice.language}-${voice.gender}.gsm`;
    const lines = [];
    const parts = [];
    let from = 0;
    for (const [situation, texts] of Object.entries(JSON.parse(readFileSync(join(here, `lines.${voice.language}.json`), "utf8")))) {
      for (const text of texts) {
        const sound = record(voice, situation, text);
        const frames = sound.length / frameBytes;
        lines.push({ situation, text, from, frames });
        parts.push(sound);
        from += frames;
      }
    }
    const sound = Buffer.concat(parts);
    writeFileSync(join(target, file), sound);
    total += sound.length;
    index.voices.push({ language: voice.language, gender: voice.gender, file, lines });
    console.log(`${file}: ${lines.length} lines, ${((from * frameMs) / 1000).toFixed(0)} s, ${sound.length} bytes`);
  }
  const written = `${JSON.stringify(index, null, 1).replaceAll(/\{\s+("situation[^}]*?)\s+\}/g, (_, inner) => `{ ${inner.replaceAll(/\s*\n\s*/g, " ")} }`)}\n`;
  writeFileSync(join(target, "index.json"), written);
  total += Buffer.byteLength(written);
  console.log(`together ${total} bytes of at most ${limit}`);
  if (total > limit) throw new Error("The voices are over a megabyte: shorten or drop lines.");
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** One line in one voice, as GSM 06.10 frames. */
function record(voice, situation, text) {
  const at = (name) => join(work, name);
  const mood = moodOf(situation);
  writeFileSync(at("text"), `${text}\n`);
  voice.speak(at("text"), at("raw.wav"));
  // Cut the silence around the line, and pauses within it to at most 0.18 s: readers pause longer than people on the phone.
  run("sox", [at("raw.wav"), "-r", "16000", at("cut.wav"), "silence", "-l", "1", "0.02", "0.6%", "-1", "0.18", "0.6%", "reverse", "silence", "1", "0.02", "0.6%", "reverse"]);
  run("praat", ["--run", join(here, "shape.praat"), at("cut.wav"), at("shaped.wav"), voice.formants, voice.pitch * mood.pitch, voice.range * mood.range, voice.pace * mood.pace].map(String));
  level(at("shaped.wav"), at("level.wav"), -19 + mood.gain);
  const parts = [at("level.wav")];
  if (situation === "machine") {
    run("sox", ["-n", "-r", "8000", "-b", "16", "-c", "1", at("tone.wav"), "synth", "0.4", "sine", "1000", "fade", "0.01", "0.4", "0.01", "gain", "-14", "pad", "0.4", "0.1"]);
    parts.push(at("tone.wav"));
  }
  run("sox", [...parts, at("line.gsm"), "pad", "0", "0.02"]);
  return readFileSync(at("line.gsm"));
}

/** Brings the loudness of the voiced part (RMS without pauses) to a level in dBFS; peaks are held by a limiter. */
function level(from, out, dBFS) {
  const stats = spawnSync("sox", [from, "-n", "silence", "-l", "1", "0.01", "2%", "-1", "0.01", "2%", "stats"], { encoding: "utf8" }).stderr;
  const rms = Number(/RMS lev dB\s+(-?[\d.]+)/.exec(stats)?.[1]);
  if (!Number.isFinite(rms)) throw new Error(`No sound in ${from}: ${stats}`);
  run("sox", [from, out, "gain", "-l", String(dBFS - rms)]);
}

function run(command, args) {
  const done = spawnSync(command, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.error?.message ?? done.stderr}`);
}

function need(tool) {
  if (spawnSync("which", [tool]).status !== 0) {
    throw new Error(`${tool} is missing. On Debian: apt-get install festival festvox-ru festvox-us-slt-hts flite praat sox libsox-fmt-base`);
  }
}
