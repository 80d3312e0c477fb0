import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { situations, type Situation } from "#domain/practice/situations.ts";
import type { Gender, Language } from "#domain/base/campaign.ts";
import { decodeGsm, gsmFrameBytes } from "./gsm.ts";

/** One recorded way to say something. */
export type Take = { readonly situation: Situation; readonly text: string; readonly sound: () => Int16Array };

export type Voices = {
  /** All takes of a situation in a voice, in the order of the index; at least one. */
  takes(language: Language, gender: Gender, situation: Situation): readonly Take[];
};

const indexForm = z.object({
  voices: z.array(
    z.object({
      language: z.enum(["ru", "en"]),
      gender: z.enum(["m", "f"]),
      file: z.string().regex(/^[a-z-]+\.gsm$/),
      /** What is said, when, and where it lies: first frame and number of frames. */
      lines: z.array(z.tuple([z.enum(situations), z.string(), z.int().min(0), z.int().min(1)])),
    }),
  ),
});

/**
 * Opens the recordings in a folder: index.json (text of each line, its voice, its place in a file) and GSM 06.10 files.
 * Throws when the folder is not complete: every situation must be there in every voice.
 */
export function openVoices(folder: string): Voices {
  const read = indexForm.safeParse(JSON.parse(readFileSync(join(folder, "index.json"), "utf8")));
  if (!read.success) {
    const first = read.error.issues[0];
    throw new Error(`The index of the recordings is not of its form: ${first?.path.join(".")}: ${first?.message}`);
  }
  const index = read.data;
  const all = new Map<string, Take[]>();
  for (const voice of index.voices) {
    const file = readFileSync(join(folder, voice.file));
    for (const [situation, text, from, frames] of voice.lines) {
      const key = keyOf(voice.language, voice.gender, situation);
      const bytes = file.subarray(from * gsmFrameBytes, (from + frames) * gsmFrameBytes);
      if (bytes.length !== frames * gsmFrameBytes) throw new Error(`${voice.file} ends before the line "${text}".`);
      const takes = all.get(key) ?? [];
      takes.push({ situation, text, sound: () => decodeGsm(bytes) });
      all.set(key, takes);
    }
  }
  for (const language of ["ru", "en"] as const) {
    for (const gender of ["m", "f"] as const) {
      const missing = situations.filter((situation) => !all.has(keyOf(language, gender, situation)));
      if (missing.length > 0) throw new Error(`No recordings in ${language}-${gender} for ${missing.join(", ")}.`);
    }
  }
  return { takes: (language, gender, situation) => all.get(keyOf(language, gender, situation)) ?? [] };
}

function keyOf(language: Language, gender: Gender, situation: Situation): string {
  return `${language}-${gender} ${situation}`;
}
