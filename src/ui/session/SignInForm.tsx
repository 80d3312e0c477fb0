import { useId, useRef, useState, type SyntheticEvent } from "react";
import type { Session, SignInRefusal } from "#client/session/session.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { refusalSentence, sessionWords } from "./words.ts";

type Trouble = SignInRefusal | { readonly why: "email" } | { readonly why: "password" };

/** E-mail and password. One sentence says what keeps somebody out, and the field in question has the focus. */
export function SignInForm({ session }: { readonly session: Session }) {
  const words = useWords(sessionWords);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const id = useId();

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const [who, secret] = [email.current?.value.trim() ?? "", password.current?.value ?? ""];
    const missing = who === "" ? "email" : secret === "" ? "password" : undefined;
    setTrouble(missing && { why: missing });
    if (missing) {
      (missing === "email" ? email : password).current?.focus();
      return;
    }
    setBusy(true);
    const refusal = await session.signIn(who, secret);
    setBusy(false);
    setTrouble(refusal);
    if (refusal?.why === "wrong") password.current?.select();
  }

  const why = trouble?.why;
  const said = !trouble ? undefined : trouble.why === "email" || trouble.why === "password" ? words.missing[trouble.why] : refusalSentence(trouble, words.refusals);
  return (
    <form className="sign-in-form" noValidate onSubmit={(event) => void submit(event)}>
      <div>
        <label className="field-label" htmlFor={`${id}-email`}>{words.email}</label>
        <input ref={email} id={`${id}-email`} className="field" type="email" name="email" autoComplete="username" inputMode="email"
          spellCheck={false} autoCapitalize="off" autoFocus aria-invalid={why === "email" || why === "wrong"} aria-describedby={said ? `${id}-said` : undefined} />
      </div>
      <div>
        <label className="field-label" htmlFor={`${id}-password`}>{words.password}</label>
        <input ref={password} id={`${id}-password`} className="field" type="password" name="password" autoComplete="current-password"
          aria-invalid={why === "password" || why === "wrong"} aria-describedby={said ? `${id}-said` : undefined}
          onKeyUp={(event) => { setCapsLock(event.getModifierState("CapsLock")); }} onBlur={() => { setCapsLock(false); }} />
      </div>
      <Button kind="main" large submit>{busy ? words.signingIn : words.signIn}</Button>
      <p className="sign-in-said" id={`${id}-said`} role="alert">
        {said ? <><Icon name="warning" /><span>{said}</span></> : capsLock ? <span className="soft">{words.capsLock}</span> : null}
      </p>
    </form>
  );
}
