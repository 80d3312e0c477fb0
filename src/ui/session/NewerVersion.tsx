import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useHandsFree } from "#ui/kit/inHand.ts";
import { useWords } from "#ui/words/language.ts";
import { sessionWords } from "./words.ts";

/** Offers to load the newer page, as soon as nothing is in hand that a reload would take away. */
export function NewerVersion({ newer }: { readonly newer: boolean | undefined }) {
  const words = useWords(sessionWords);
  const free = useHandsFree();
  if (!newer || !free) return null;
  return (
    <div className="strip calm" role="status">
      <Icon name="help" />
      <span className="grow">{words.newer}</span>
      <Button onPress={() => { location.reload(); }}>{words.loadNewer}</Button>
    </div>
  );
}
