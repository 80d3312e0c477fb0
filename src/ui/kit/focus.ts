import { useEffect, useRef, type RefObject } from "react";

/** Gives a field the focus each time that `asked` grows; what was asked before the field appeared is over. */
export function useAskedFocus(field: RefObject<HTMLElement | null>, asked: number | undefined): void {
  const seen = useRef(asked);
  useEffect(() => {
    if (asked === undefined || asked === seen.current) return;
    seen.current = asked;
    field.current?.focus();
  }, [asked, field]);
}
