import type { KeyboardEvent } from "react";
import type { Company, WorkKind } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import { weightsOf, workKinds, type Work } from "#domain/counting/work.ts";
import { wallClock } from "#domain/base/day.ts";
import { Button } from "#ui/kit/Button.tsx";
import { KeySign } from "#ui/kit/KeySign.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { clockFace } from "#ui/kit/times.ts";
import { useToast } from "#ui/kit/Toast.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

interface Props {
  readonly day: DayCount;
  readonly company: Company;
  /** Enters a piece of work, or with `piece` corrects one; `none` takes it back. */
  readonly enter: (kind: WorkKind | "none", piece?: string) => void;
  readonly onClose: () => void;
}

/** Other work of the day in points: a digit enters it, and what was entered can be corrected or taken back. */
export function WorkSheet({ day, company, enter, onClose }: Props) {
  const words = useWords(countingWords);
  const common = useWords(commonWords);
  const toast = useToast();
  const weights = weightsOf(company);
  const done = (kind: WorkKind): void => {
    enter(kind);
    toast({ text: words.work.done(words.work.kinds[kind]) });
  };
  const takeBack = ({ work, type }: Work): void => {
    enter("none", work);
    toast({ text: words.work.takenBack(words.work.kinds[type]), undo: { label: common.undo, run: () => { enter(type, work); } } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const kind = workKinds[Number(/^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1]) - 1];
    if (!kind || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    event.stopPropagation();
    done(kind);
  };
  return (
    <Sheet title={words.work.title} close={common.close} onClose={onClose} className="work-sheet">
      <div onKeyDown={onKeyDown}>
        <ul className="break-list">
          {workKinds.map((kind, index) => (
            <li key={kind}>
              <button type="button" data-first={index === 0 ? "" : undefined} onClick={() => { done(kind); }}>
                <KeySign code={`Digit${index + 1}`} /><span className="grow">{words.work.kinds[kind]}</span><span className="soft">{words.work.points(weights[kind])}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className="soft break-hint">{words.work.hint}</p>
        <h3 className="work-today">{words.work.today}</h3>
        {day.work.length === 0 ? <p className="soft break-hint">{words.work.none}</p> : (
          <ul className="work-list">
            {day.work.map((piece) => {
              const face = clockFace(wallClock(piece.at, company.timeZone).minutes);
              return (
                <li key={piece.work}>
                  <span className="soft">{face}</span>
                  <select className="correct" aria-label={`${words.work.correct}: ${face}`} value={piece.type} onChange={(event) => { enter(event.target.value as WorkKind, piece.work); }}>
                    {workKinds.map((kind) => <option key={kind} value={kind}>{words.work.kinds[kind]}</option>)}
                  </select>
                  <Button kind="quiet" icon="cross" name={`${words.work.takeBack}: ${words.work.kinds[piece.type]}, ${face}`} title={words.work.takeBack} onPress={() => { takeBack(piece); }} />
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </Sheet>
  );
}
