import type { DayCount } from "#domain/counting/day.ts";
import { useWords } from "#ui/words/language.ts";
import { boardWords } from "./words.ts";

/** Dials → answered → decision maker → contact as four small bars; a screen reader and the mouse get the numbers. */
export function Funnel({ day }: { readonly day: DayCount }) {
  const words = useWords(boardWords);
  const steps = [day.dialed, day.answered, day.decisionMaker, day.contacts];
  const most = Math.max(1, ...steps);
  const text = words.funnel(day.dialed, day.answered, day.decisionMaker, day.contacts);
  return (
    <span className="board-funnel" role="img" aria-label={text} title={text}>
      {steps.map((value, at) => <i key={words.funnelSteps[at]} className={value === 0 ? "none" : undefined} style={{ height: `${(value / most) * 100}%` }} />)}
    </span>
  );
}
