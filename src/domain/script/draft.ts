import type { Handler } from "./script.ts";

/** What keeps a handler from being published (rule S6). */
export type HandlerProblem = "noTitle" | "noGist" | "noPhrasing" | "tooLong" | "sameTitle";

/** The longest that can be read aloud in one breath of a call, in characters. */
export const LONGEST_PHRASING = 600;
export const LONGEST_TITLE = 80;

/** Checks a handler before it is published; `others` are the newest versions of the same script's handlers. */
export function checkHandler(handler: Pick<Handler, "id" | "title" | "gist" | "phrasings">, others: readonly Pick<Handler, "id" | "title">[]): readonly HandlerProblem[] {
  const title = handler.title.trim();
  const phrasings = handler.phrasings.map((one) => one.trim()).filter((one) => one !== "");
  const same = (other: string): boolean => other.trim().toLowerCase() === title.toLowerCase();
  return [
    ...(title === "" ? ["noTitle" as const] : []),
    ...(handler.gist.trim() === "" ? ["noGist" as const] : []),
    ...(phrasings.length === 0 ? ["noPhrasing" as const] : []),
    ...(title.length > LONGEST_TITLE || handler.gist.length > 200 || phrasings.some((one) => one.length > LONGEST_PHRASING) ? ["tooLong" as const] : []),
    ...(title !== "" && others.some((other) => other.id !== handler.id && same(other.title)) ? ["sameTitle" as const] : []),
  ];
}
