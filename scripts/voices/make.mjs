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

/** Each speaks all texts of a voice into files 0.wav, 1.wav … and tells of each where its sounds end: [name, seconds]. */
const festival = (voice) => (texts, folder) => {
  const quoted = (text) => `"${text.replaceAll(/["\\]/g, "")}"`;
  const one = (text, n) => `(set! u (utt.synth (Utterance Text ${quoted(text)})))\n(utt.save.wave u "${folder}/${n}.wav")\n(utt.save.segs u "${folder}/${n}.segments")\n`;
  writeFileSync(join(folder, "all.scm"), `(${voice})\n${texts.map(one).join("")}`);
  run("festival", ["-b", join(folder, "all.scm")]);
  return texts.map((_, n) => readFileSync(join(folder, `${n}.segments`), "utf8").trim().split("\n").slice(1).map((line) => [line.split(/\s+/)[2], Number(line.split(/\s+/)[0])]));
};
const flite = (voice) => (texts, folder) =>
  texts.map((text, n) => {
    const printed = run("flite", ["-voice", voice, "-psdur", "-t", text, "-o", join(folder, `${n}.wav`)]);
    return [...printed.matchAll(/(\S+):([\d.]+)/g)].map(([, name, end]) => [name, Number(end)]);
  });

// The timbre comes from the recorded speaker; pitch is the median in Hz, range stretches the melody, pace below 1 is quicker.
const voices = [
  { language: "ru", gender: "m", speak: festival("voice_msu_ru_nsh_clunits"), formants: 1, pitch: 124, range: 1.1, pace: 0.79 },
  { language: "ru", gender: "f", speak: festival("voice_msu_ru_nsh_clunits"), formants: 1.17, pitch: 208, range: 1.15, pace: 0.78 },
  { language: "en", gender: "m", speak: flite("rms"), formants: 1, pitch: 112, range: 1.5, pace: 0.86 },
  { language: "en", gender: "f", speak: festival("voice_cmu_us_slt_arctic_hts"), formants: 1.03, pitch: 196, range: 1.35, pace: 1.02 },
];

/** How a mood changes the voice: pitch, range and pace are factors, gain is in dB. */
const moods = {
  pickingUp: { pitch: 1.05, range: 1.2, pace: 1.18, gain: 0 },
  curt: { pitch: 1.06, range: 1.25, pace: 1.05, gain: 1 },
  angry: { pitch: 1.14, range: 1.35, pace: 0.92, gain: 2.5 },
  bright: { pitch: 1.06, range: 1.2, pace: 1, gain: 0 },
  tired: { pitch: 0.95, range: 0.85, pace: 1.08, gain: -1.5 },
  plain: { pitch: 1, range: 1, pace: 1, gain: 0 },
};
const moodOf = (situation) =>
  situation === "greeting" ? moods.pickingUp
  : /^(greeting|goodbye)Curt$/.test(situation) ? moods.curt
  : situation.startsWith("angry") ? moods.angry
  : /^(polite|agree|greetingFirm|goodbye)/.test(situation) ? moods.bright
  : /^(murmur|notSeason)/.test(situation) ? moods.tired
  : moods.plain;

const work = mkdtempSync(join(tmpdir(), "voices-"));
try {
  for (const tool of ["festival", "flite", "praat", "sox"]) need(tool);
  mkdirSync(target, { recursive: true });
  const index = { frameMs, voices: [] };
  const made = [];
  let total = 0;
  for (const voice of voices) {
    const file = `${voice.language}-${voice.gender}.gsm`;
    const lines = [];
    const parts = [];
    let from = 0;
    const said = Object.entries(JSON.parse(readFileSync(join(here, `lines.${voice.language}.json`), "utf8"))).flatMap(([situation, texts]) => texts.map((text) => [situation, text]));
    const spoken = voice.speak(said.map(([, text]) => plain(text)), work);
    for (const [n, [situation, text]] of said.entries()) {
      const sound = record(voice, situation, text, join(work, `${n}.wav`), spoken[n]);
      const frames = sound.length / frameBytes;
      lines.push([situation, plain(text), from, frames]);
      parts.push(sound);
      from += frames;
    }
    const sound = Buffer.concat(parts);
    made.push([file, sound]);
    total += sound.length;
    index.voices.push({ language: voice.language, gender: voice.gender, file, lines });
    console.log(`${file}: ${lines.length} lines, ${((from * frameMs) / 1000).toFixed(0)} s, ${sound.length} bytes`);
  }
  // One line of the file for each line that is spoken.
  const written = `${JSON.stringify(index).replaceAll(/(\[\[|\],\[|\{"language)/g, (start) => start.replace(/(\[|\{)([^[{]*)$/, "\n$1$2"))}\n`;
  total += Buffer.byteLength(written);
  console.log(`together ${total} bytes of at most ${limit}`);
  if (total > limit) throw new Error("The voices are over a megabyte: shorten or drop lines.");
  // All at the end: recordings and index belong together.
  for (const [file, content] of [...made, ["index.json", written]]) writeFileSync(join(target, file), content);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** One line in one voice, as it was spoken, made into GSM 06.10 frames. */
function record(voice, situation, text, spoken, segments) {
  const at = (name) => join(work, name);
  const mood = moodOf(situation);
  const bend = melody(voice.language, text, segments);
  if (bend) run("praat", ["--run", join(here, "melody.praat"), spoken, at("raw.wav"), ...bend.map(String)]);
  else run("sox", [spoken, at("raw.wav")]);
  // Cut the silence around the line, and pauses within it to at most 0.18 s: readers pause longer than people on the phone.
  run("sox", [at("raw.wav"), "-r", "16000", at("cut.wav"), "silence", "-l", "1", "0.02", "0.6%", "-1", "0.18", "0.6%", "reverse", "silence", "1", "0.02", "0.6%", "reverse"]);
  run("praat", ["--run", join(here, "shape.praat"), at("cut.wav"), at("shaped.wav"), voice.formants, voice.pitch * mood.pitch, voice.range * mood.range, voice.pace * mood.pace].map(String));
  level(at("shaped.wav"), at("level.wav"), -19 + mood.gain);
  const parts = [at("level.wav")];
  if (situation === "machine") {
    run("sox", ["-n", "-r", "8000", "-b", "16", "-c", "1", at("tone.wav"), "synth", "0.4", "sine", "1000", "fade", "0.01", "0.4", "0.01", "gain", "-14", "pad", "0.4", "0.1"]);
    parts.push(at("tone.wav"));
  }
  run("sox", [...parts, at("line.gsm"), "fade", "t", "0.008", "-0", "0.02"]);
  return readFileSync(at("line.gsm"));
}

/** A line as it is written: without the mark on a Russian question's stressed word and an English question's second sign. */
function plain(text) {
  return text.replaceAll("\u0301", "").replaceAll("??", "?");
}

/**
 * The bend of a yes-no question, as arguments of melody.praat; undefined for any other line. In Russian the voice leaps up on
 * the stressed vowel of the word that is asked about (marked by an acute) and falls after it; in English it climbs to the end.
 */
function melody(language, text, segments) {
  const end = Math.max(...segments.filter(([name]) => name !== "pau").map(([, at]) => at));
  if (language === "en") {
    if (!text.endsWith("??")) return undefined;
    const vowels = segments.flatMap(([name], i) => (/^[aeiou]/.test(name) ? [segments[i - 1]?.[1] ?? 0] : []));
    const from = vowels.length > 1 ? Math.max(vowels.at(-2), end - 0.45) : vowels[0];
    return [from, end, end + 0.1, 1.45, 1.45];
  }
  const stressed = text.indexOf("\u0301");
  if (stressed < 0) return undefined;
  const nth = text.slice(0, stressed).match(/[аеёиоуыэюя]/gi)?.length ?? 0;
  const vowel = segments.map(([name], i) => [name, i]).filter(([name]) => /^[aeiouy]/.test(name))[nth - 1];
  if (vowel === undefined) throw new Error(`No sound for the stress in "${text}".`);
  const [from, to] = [segments[vowel[1] - 1]?.[1] ?? 0, segments[vowel[1]][1]];
  return [from - 0.04, to - 0.01, to + 0.12, 1.5, 0.82];
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
  return done.stdout;
}

function need(tool) {
  if (spawnSync("which", [tool]).status !== 0) {
    throw new Error(`${tool} is missing. On Debian: apt-get install festival festvox-ru festvox-us-slt-hts flite praat sox libsox-fmt-base`);
  }
}
