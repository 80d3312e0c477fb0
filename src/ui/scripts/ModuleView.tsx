import { moduleOf, type Answer, type Handler, type Module, type Script } from "#domain/script/script.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { useWords } from "#ui/words/language.ts";
import type { Place } from "./outline.ts";
import { Spoken } from "./Spoken.tsx";
import { editorWords } from "./words.ts";

export interface ModuleViewProps {
  readonly script: Script;
  readonly module: Module;
  readonly handlers: readonly Handler[];
  readonly onOpen: (place: Place) => void;
}

/** A module as the agent will see it: the words to be read, the client's answers and where each leads. */
export function ModuleView({ script, module, handlers, onOpen }: ModuleViewProps) {
  const words = useWords(editorWords);
  const likely = (module.handlers ?? []).flatMap((id) => handlers.find((handler) => handler.id === id) ?? []);
  return (
    <article className="piece" aria-label={module.title}>
      <h1 className="piece-title">{module.title}</h1>
      <p className="piece-gist"><span className="soft">{words.gist}:</span> {module.gist}</p>
      <p className="piece-words" lang={script.language}><Spoken words={module.words} /></p>
      {module.stage === undefined ? null : <p className="piece-stage soft">{module.stage}</p>}
      <Panel title={words.answers}>
        <ol className="piece-answers">
          {module.answers.map((answer, at) => <AnswerLine key={answer.id} answer={answer} digit={at + 1} script={script} onOpen={onOpen} />)}
        </ol>
        {module.answers.length === 0 ? <p className="soft">{words.noAnswers}</p> : null}
      </Panel>
      {likely.length > 0 ? (
        <Panel title={words.likely}>
          <ul className="piece-likely">
            {likely.map(({ id, title }) => <li key={id}><button type="button" className="pill" onClick={() => { onOpen({ kind: "handler", id }); }}>{title}</button></li>)}
          </ul>
        </Panel>
      ) : null}
    </article>
  );
}

function AnswerLine({ answer, digit, script, onOpen }: { readonly answer: Answer; readonly digit: number; readonly script: Script; readonly onOpen: (place: Place) => void }) {
  const words = useWords(editorWords);
  const { to } = answer;
  const target = "module" in to ? moduleOf(script, to.module) : undefined;
  return (
    <li className="piece-answer">
      <kbd className="key">{digit}</kbd><span className="grow">{answer.label}</span>
      {target
        ? <button type="button" className="link" onClick={() => { onOpen({ kind: "module", id: target.id }); }}>{target.title}</button>
        : <span className="soft">{words.ends}</span>}
    </li>
  );
}
