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

/**
 * A form that stands in place of the button which opened it gives the focus back to that button when it is done: otherwise
 * whoever works by keyboard begins anew at the top of the page. `open` names the form that is open; `data-back` with the same
 * name marks the place where its button stands again.
 */
export function useFocusBack<E extends HTMLElement>(open: string | undefined): RefObject<E | null> {
  const ref = useRef<E>(null);
  const before = useRef(open);
  useEffect(() => {
    const closed = before.current;
    before.current = open;
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (closed === undefined || open !== undefined || !lost) return;
    const place = [...(ref.current?.querySelectorAll<HTMLElement>("[data-back]") ?? [])].find(({ dataset }) => dataset["back"] === closed);
    place?.querySelector("button")?.focus();
  }, [open]);
  return ref;
}
