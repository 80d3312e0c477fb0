import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon.tsx";
import { KeySign, useShortcut } from "./KeySign.tsx";

export interface ButtonProps {
  readonly children?: ReactNode;
  /** The accessible name, when it says more than what is seen. It must contain what is seen. */
  readonly name?: string;
  readonly kind?: "main" | "danger" | "quiet" | "plain";
  readonly large?: boolean;
  readonly icon?: IconName;
  /** The physical key that does the same; shown on the button. */
  readonly keyCode?: string;
  readonly shift?: boolean;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly submit?: boolean;
  readonly className?: string;
  readonly title?: string;
  /** Names the popover that this button opens. */
  readonly opens?: string;
  readonly onPress?: () => void;
}

/** A button. The mouse does not move the focus to it, so a click never takes the caret out of a note half written. */
export function Button({ children, name, kind = "plain", large = false, icon, keyCode, shift = false, pressed, disabled, submit, className, title, opens, onPress }: ButtonProps) {
  const shortcut = useShortcut(keyCode, shift);
  return (
    <button
      type={submit ? "submit" : "button"}
      className={["button", kind, large ? "large" : "", className ?? ""].filter(Boolean).join(" ")}
      aria-label={name} aria-pressed={pressed} aria-keyshortcuts={shortcut} disabled={disabled} title={title} popoverTarget={opens}
      onMouseDown={(event) => { event.preventDefault(); }}
      onClick={onPress}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
      {keyCode === undefined ? null : <KeySign code={keyCode} shift={shift} />}
    </button>
  );
}
