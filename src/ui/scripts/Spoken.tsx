import { useWords } from "#ui/words/language.ts";
import { pieces } from "./pieces.ts";
import { editorWords } from "./words.ts";

/** Words as they will be said, with what each call fills in shown by name. */
export function Spoken({ words: said }: { readonly words: string }) {
  const words = useWords(editorWords);
  const names: Readonly<Record<string, string>> = words.variables;
  return pieces(said).map((piece, at) => {
    if (piece.kind === "plain") return piece.text;
    return <span key={at} className="spoken-filled" title={piece.kind === "gender" ? words.agrees[piece.of] : undefined}>{piece.kind === "gender" ? `${piece.woman}/${piece.man}` : names[piece.name] ?? piece.name}</span>;
  });
}
