/** A stretch of words as the editor shows it: plain, a variable, or the two forms that agree with a gender. */
export type Piece =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "gender"; readonly of: "agent" | "client"; readonly woman: string; readonly man: string };

/** Cuts words at the places that `fillIn` fills (rule S5); what it would leave as it is stays plain. */
export function pieces(words: string): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of words.matchAll(/\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g)) {
    const [whole, name = "", woman, man] = match;
    const forms = woman !== undefined && man !== undefined;
    if (forms && name !== "agent" && name !== "client") continue;
    if (match.index > at) found.push({ kind: "plain", text: words.slice(at, match.index) });
    found.push(forms ? { kind: "gender", of: name as "agent" | "client", woman, man } : { kind: "variable", name });
    at = match.index + whole.length;
  }
  if (at < words.length) found.push({ kind: "plain", text: words.slice(at) });
  return found;
}
