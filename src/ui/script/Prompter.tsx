import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Handler, Module, Script } from "#domain/script/script.ts";
import { moduleOf } from "#domain/script/script.ts";
import { current, type OpenWalk } from "#domain/script/walk.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { KeySign, useShortcut } from "#ui/kit/KeySign.tsx";
import { useWords } from "#ui/words/language.ts";
import { sized } from "./sized.ts";
import { scriptWords } from "./words.ts";
import "./script.css";

export interface PrompterProps {
  readonly walk: OpenWalk;
  readonly script: Script;
  /** Finds the handler that lies over the words. */
  readonly handler: (id: string) => Handler | undefined;
  /** Puts names into the words. */
  readonly fill: (words: string) => string;
  /** What an outcome is called in the campaign's dictionary. */
  readonly outcome: (code: string) => string;
  readonly gistOnly: boolean;
  /** Size of the words, CSS pixels. */
  readonly size: number;
  readonly answer: (id: string) => void;
  readonly other: () => void;
  /** Back along the trail: to a module by its index, or one step. */
  readonly back: (index?: number) => void;
  readonly toggleGist: () => void;
  readonly another: (handler: string) => void;
}

/** The words to be said now, where the call has been, and what the client may answer. */
export function Prompter(props: PrompterProps) {
  const { walk, script, gistOnly, size, fill } = props;
  const words = useWords(scriptWords);
  const module = moduleOf(script, current(walk));
  const over = walk.over && props.handler(walk.over.handler);
  if (!module) return <p className="prompter-none">{words.noScript}</p>;
  return (
    <div className={module.answers.length > 5 ? "prompter dense" : "prompter"}>
      <div className="prompter-head">
        <Trail walk={walk} script={script} back={props.back} />
        <Button kind="quiet" keyCode="KeyG" pressed={gistOnly} onPress={props.toggleGist}>{gistOnly ? words.gistOff : words.gistOn}</Button>
      </div>
      <div className={over ? "saying covered" : "saying"} lang={script.language} style={sized(size)}>
        <Saying name={words.words} hidden={over !== undefined}>
          {gistOnly ? <Gist text={fill(module.gist)} /> : <p className="words">{fill(module.words)}</p>}
          {module.stage === undefined ? null : <p className="stage">({fill(module.stage)})</p>}
          {walk.outcome === undefined ? null : <p className="proposed"><Icon name="check" />{words.proposed(props.outcome(walk.outcome))}</p>}
        </Saying>
        {over && walk.over ? <Over key={`${over.id}@${walk.over.version}`} {...props} shown={over} phrasing={walk.over.phrasing} module={module} /> : null}
      </div>
      <Answers module={module} script={script} answer={props.answer} other={props.other} outcome={props.outcome} />
    </div>
  );
}

function Saying({ name, hidden, children }: { readonly name: string; readonly hidden: boolean; readonly children: ReactNode }) {
  return <section className="saying-words" aria-label={name} aria-live="polite" aria-hidden={hidden}>{children}</section>;
}

function Gist({ text }: { readonly text: string }) {
  const words = useWords(scriptWords);
  return <p className="words gist"><span className="caption">{words.gist}</span>{text}</p>;
}

/** The modules shown so far; each leads back to itself. The newest is always in sight. */
function Trail({ walk, script, back }: { readonly walk: OpenWalk; readonly script: Script; readonly back: (index: number) => void }) {
  const words = useWords(scriptWords);
  const ref = useRef<HTMLOListElement>(null);
  const last = walk.trail.length - 1;
  useEffect(() => { if (ref.current) ref.current.scrollLeft = ref.current.scrollWidth; }, [last]);
  return (
    <nav className="trail" aria-label={words.trail}>
      <ol ref={ref}>
        {walk.trail.map((id, index) => {
          const title = moduleOf(script, id)?.title ?? id;
          return (
            // A module may be met twice: its place in the trail is what tells them apart.
            <li key={index}>
              {index > 0 ? <Icon name="right" /> : null}
              {index === last ? <b aria-current="step">{title}</b> : <button type="button" onMouseDown={(event) => { event.preventDefault(); }} onClick={() => { back(index); }}>{title}</button>}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/**
 * A handler slides over the words; leaving it brings the call back to where it was. A version that is published
 * meanwhile is offered from the next opening on: what is being read aloud never changes under the eyes.
 */
function Over({ shown, phrasing, module, fill, gistOnly, back, another }: PrompterProps & { readonly shown: Handler; readonly phrasing: number; readonly module: Module }) {
  const [handler] = useState(shown);
  const words = useWords(scriptWords);
  return (
    <section className="over" aria-label={words.handler} aria-live="polite">
      <div className="over-head">
        <Button kind="quiet" icon="left" keyCode="Escape" onPress={() => { back(); }}>{words.backTo(module.title)}</Button>
        <b className="grow ellipsis">{handler.title}</b>
        {handler.phrasings.length > 1
          ? <Button kind="quiet" onPress={() => { another(handler.id); }}>{words.another(phrasing + 1, handler.phrasings.length)}</Button>
          : null}
      </div>
      {gistOnly ? <Gist text={fill(handler.gist)} /> : <p className="words">{fill(handler.phrasings[phrasing] ?? handler.phrasings[0] ?? "")}</p>}
      {gistOnly ? null : <p className="stage">{fill(handler.gist)}</p>}
    </section>
  );
}

function Answers({ module, script, answer, other, outcome }: Pick<PrompterProps, "script" | "answer" | "other" | "outcome"> & { readonly module: Module }) {
  const words = useWords(scriptWords);
  return (
    <ol className="answers" lang={script.language} aria-label={words.answers}>
      {module.answers.map((one, index) => (
        <li key={one.id}>
          <AnswerRow code={`Digit${index + 1}`} label={one.label} onPress={() => { answer(one.id); }}>
            {"module" in one.to ? moduleOf(script, one.to.module)?.title : <span className="ends">{outcome(one.to.outcome)}</span>}
          </AnswerRow>
        </li>
      ))}
      <li><AnswerRow code="Digit0" label={words.other} quiet onPress={other}>{words.otherHint}</AnswerRow></li>
    </ol>
  );
}

function AnswerRow({ code, label, quiet = false, onPress, children }: { readonly code: string; readonly label: string; readonly quiet?: boolean; readonly onPress: () => void; readonly children: ReactNode }) {
  const shortcut = useShortcut(code);
  return (
    <button type="button" className={quiet ? "answer quiet" : "answer"} aria-keyshortcuts={shortcut}
      onMouseDown={(event) => { event.preventDefault(); }} onClick={onPress}>
      <KeySign code={code} /><span className="answer-label">{label}</span><span className="answer-to ellipsis">{children}</span>
    </button>
  );
}
