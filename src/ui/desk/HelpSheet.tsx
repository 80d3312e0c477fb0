import { commands, type CommandId, type CommandSpec } from "#client/desk/commands.ts";
import { KeySign } from "#ui/kit/KeySign.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { deskWords, type HelpGroup } from "./words.ts";

const groupOf: Readonly<Record<CommandId, HelpGroup>> = {
  next: "day", break: "day", ready: "day", today: "day", skip: "day",
  call: "call", takeBack: "call", dial: "line", dialNumber: "line", redial: "line", callAgain: "after", history: "line", hangUp: "call", mute: "call", hold: "call", keypad: "call", take: "line", reject: "line", transfer: "line", consult: "line", transferNow: "line", swap: "line", join: "line", toClient: "line",
  answer: "script", other: "script", find: "script", handler: "script", back: "script", gist: "script",
  words: "capture", note: "capture", outcome: "after", decisionMaker: "after", save: "after",
  undo: "after", practise: "day", training: "day", work: "day", dispute: "day", welcome: "screen", goOn: "screen",
  larger: "screen", smaller: "screen", close: "screen", help: "screen", devices: "screen",
};

/** What a menu alone opens has no key; the first visit names its key by itself. */
const shown = commands.filter(({ id, keys }) => keys.length > 0 && id !== "goOn");

/** In the order in which they fill four columns of about the same height. */
const groups: readonly HelpGroup[] = ["call", "after", "line", "capture", "script", "screen", "day"];

/** All keys, from the registry that also makes them work, with the signs of the layout in use. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(deskWords);
  const common = useWords(commonWords);
  return (
    <Sheet title={words.help} close={common.close} onClose={onClose} className="help">
      <div className="help-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="caption">{words.groups[group]}</h3>
            <dl>{shown.filter(({ id }) => groupOf[id] === group).map((spec) => <div key={spec.id}><dt><Keys spec={spec} /></dt><dd>{words.commands[spec.id]}</dd></div>)}</dl>
          </section>
        ))}
      </div>
      <p className="soft help-hint">{words.helpHint}</p>
    </Sheet>
  );
}

/** The keys of a command without those of the numeric pad; nine digits are written as a range. */
function Keys({ spec }: { readonly spec: CommandSpec }) {
  const keys = spec.keys.filter(({ code }) => !code.startsWith("Numpad"));
  const [first] = keys;
  const last = keys.at(-1);
  if (!first || !last) return null;
  if (keys.length === 9) return <><KeySign code={first.code} shift={first.shift ?? false} />–<KeySign code={last.code} shift={last.shift ?? false} /></>;
  return <>{keys.map(({ code, shift = false }) => <KeySign key={`${code}${String(shift)}`} code={code} shift={shift} />)}</>;
}
