import type { Handler, Module, Script } from "#domain/script/script.ts";

/** What stands in the middle of the editor. */
export type Place =
  | { readonly kind: "module"; readonly id: string }
  | { readonly kind: "handler"; readonly id: string }
  | { readonly kind: "new" };

export interface OutlineParts { readonly modules: readonly Module[]; readonly handlers: readonly Handler[] }

/** The modules in the script's own order and the handlers by name, as far as they hold every word that was typed. */
export function outlineOf(script: Script, handlers: readonly Handler[], typed: string): OutlineParts {
  const wanted = fold(typed).split(/\s+/).filter((word) => word !== "");
  const holds = (texts: readonly string[]): boolean => {
    const text = fold(texts.join(" "));
    return wanted.every((word) => text.includes(word));
  };
  return {
    modules: script.modules.filter(({ title, gist, words, answers }) => holds([title, gist, words, ...answers.map(({ label }) => label)])),
    handlers: handlers
      .filter((handler) => handler.script === script.id && holds([handler.title, handler.gist, ...handler.synonyms, ...handler.phrasings]))
      .sort((a, b) => a.title.localeCompare(b.title, script.language)),
  };
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е");
}

export function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  if (a?.kind === "new" || b?.kind === "new" || !a || !b) return a?.kind === b?.kind;
  return a.kind === b.kind && a.id === b.id;
}
