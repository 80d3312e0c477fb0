import type { HandlerDraft } from "#client/scripts/editor.ts";
import type { Handler } from "#domain/script/script.ts";

/** What an editor writes: the part of a draft that can be changed. */
export type Written = Pick<HandlerDraft, "title" | "gist" | "synonyms" | "phrasings">;

/** One thing that publishing would change. */
export type Change =
  | { readonly kind: "title"; readonly from: string }
  | { readonly kind: "gist" } | { readonly kind: "synonyms" }
  | { readonly kind: "phrasingChanged" | "phrasingAdded"; readonly number: number }
  | { readonly kind: "phrasingRemoved"; readonly count: number };

/** A published handler in the form in which it is written. */
export function writtenOf(handler: Handler): Written {
  return { title: handler.title, gist: handler.gist, synonyms: handler.synonyms.join(", "), phrasings: handler.phrasings };
}

export const blank: Written = { title: "", gist: "", synonyms: "", phrasings: [""] };

/** What differs between the published handler and what is written now; spaces around a text and empty phrasings do not count. */
export function changesOf(base: Written, now: Written): readonly Change[] {
  const [old, fresh] = [texts(base.phrasings), texts(now.phrasings)];
  const found: Change[] = [];
  if (base.title.trim() !== now.title.trim()) found.push({ kind: "title", from: base.title.trim() });
  if (base.gist.trim() !== now.gist.trim()) found.push({ kind: "gist" });
  if (list(base.synonyms) !== list(now.synonyms)) found.push({ kind: "synonyms" });
  fresh.forEach((text, at) => {
    if (at >= old.length) found.push({ kind: "phrasingAdded", number: at + 1 });
    else if (text !== old[at]) found.push({ kind: "phrasingChanged", number: at + 1 });
  });
  if (fresh.length < old.length) found.push({ kind: "phrasingRemoved", count: old.length - fresh.length });
  return found;
}

/** Is anything written that would be lost? */
export function isBlank(written: Written): boolean {
  return changesOf(blank, written).length === 0;
}

function texts(phrasings: readonly string[]): readonly string[] {
  return phrasings.map((text) => text.trim()).filter((text) => text !== "");
}

function list(synonyms: string): string {
  return synonyms.split(/[,\n;]/).map((one) => one.trim()).filter((one) => one !== "").join(",");
}
