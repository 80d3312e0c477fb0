import { useEffect, useRef, useState } from "react";
import type { Doing } from "#client/admin/admin.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { Field } from "./Field.tsx";
import { adminWords } from "./words.ts";

interface Props {
  readonly name: string;
  readonly username: string | null;
  readonly doing: Doing;
  readonly onSave: (line: { readonly username: string; readonly password: string } | null) => void;
  readonly onClose: () => void;
}

/** One person's account on the exchange. The password can be given, never read. */
export function LineForm({ name, username: before, doing, onSave, onClose }: Props) {
  const words = useWords(adminWords);
  const common = useWords(commonWords);
  const first = useRef<HTMLInputElement>(null);
  const [username, setUsername] = useState(before ?? "");
  const [password, setPassword] = useState("");
  useInHand();
  useEffect(() => { first.current?.focus(); }, []);
  const busy = doing.phase === "busy";
  const whole = username.trim() !== "" && password !== "";
  return (
    <form className="admin-line-form" aria-label={before === null ? words.giveLine(name) : words.changeLine(name)}
      onSubmit={(event) => { event.preventDefault(); if (whole && !busy) onSave({ username: username.trim(), password }); }}
      onKeyDown={(event) => { if (event.code === "Escape") { event.preventDefault(); onClose(); } }}>
      <Field label={words.username}>
        {(field) => <input {...field} ref={first} value={username} maxLength={100} autoComplete="off" spellCheck={false} autoCapitalize="off" onChange={(event) => { setUsername(event.target.value); }} />}
      </Field>
      <Field label={words.password} hint={words.passwordHint}>
        {(field) => <input {...field} type="password" value={password} maxLength={200} autoComplete="new-password" onChange={(event) => { setPassword(event.target.value); }} />}
      </Field>
      {doing.phase === "failed" && doing.what === "line" ? <p className="tone-bad" role="alert"><Icon name="warning" /> {words.troubles[doing.why]}</p> : null}
      <div className="admin-do">
        <Button kind="main" submit disabled={!whole || busy}>{busy && doing.what === "line" ? words.saving : words.save}</Button>
        <Button kind="quiet" keyCode="Escape" onPress={onClose}>{common.cancel}</Button>
        <span className="grow" />
        {before === null ? null : <Button kind="quiet" disabled={busy} onPress={() => { onSave(null); }}>{words.takeAway}</Button>}
      </div>
    </form>
  );
}
