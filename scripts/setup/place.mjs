import { fileURLToPath } from "node:url";

/** The project's folder: everything here works in it, wherever the command was given. */
export const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** A failure that one sentence explains: shown without a stack trace. */
export class Sentence extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.sentence = sentence;
  }
}
