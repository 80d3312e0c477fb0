import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "./Button.tsx";

export interface SheetProps {
  readonly title: string;
  /** What the button at the top right is called. */
  readonly close: string;
  readonly onClose: () => void;
  /** Everything else waits. A sheet that may be open during a call is never modal: hanging up must stay within reach. */
  readonly modal?: boolean;
  readonly className?: string;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog on the browser's own <dialog>. Mounted is open; the focus goes in, and back to where it was. */
export function Sheet({ title, close, onClose, modal = false, className, foot, children }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    const before = document.activeElement;
    if (modal) dialog.showModal();
    else dialog.show();
    // Into what is to be used first, marked `data-first`; otherwise the sheet itself, to be read: not the button that closes it.
    (dialog.querySelector<HTMLElement>("[data-first]") ?? dialog).focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus({ preventScroll: true });
    };
  }, [modal]);
  return (
    <dialog ref={ref} className={`sheet ${className ?? ""}`} aria-labelledby={id} tabIndex={-1} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <div className="sheet-head"><h2 id={id}>{title}</h2><span className="grow" /><Button kind="quiet" icon="cross" name={close} keyCode="Escape" onPress={onClose} /></div>
      <div className="sheet-body">{children}</div>
      {foot === undefined ? null : <div className="sheet-foot">{foot}</div>}
    </dialog>
  );
}
