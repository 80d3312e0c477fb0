import type { Doing, Import } from "#client/admin/admin.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { adminWords } from "./words.ts";

/** So many wrong rows are enough to see what is wrong with a file; a foreign one may have a hundred thousand. */
const SHOWN = 100;

/** What is in a file of lines, before any of it is taken in: every wrong row with its reason, no password. */
export function ImportSheet({ importing, doing, onTakeIn, onClose }: { readonly importing: Import; readonly doing: Doing; readonly onTakeIn: () => void; readonly onClose: () => void }) {
  const words = useWords(adminWords);
  const common = useWords(commonWords);
  const { lines, problems } = importing.preview;
  return (
    <Sheet modal className="admin-sheet" title={words.importOf(importing.name)} close={common.close} onClose={onClose} foot={problems.length > 0
      ? <p>{words.nothingTaken}</p>
      : <Button kind="main" disabled={doing.phase === "busy"} onPress={onTakeIn}>{words.takeIn(lines.length)}</Button>}>
      <div className="admin-import" tabIndex={0} role="region" aria-label={words.importOf(importing.name)}>
        {doing.phase === "failed" && doing.what === "import" ? <p className="strip bad" role="alert"><Icon name="warning" />{words.troubles[doing.why]}</p> : null}
        {problems.length > 0 ? (
          <>
            <p className="tone-bad"><Icon name="warning" /> {words.rowsWrong(problems.length)}</p>
            <ul>{problems.slice(0, SHOWN).map(({ row, why, email }) => <li key={`${row} ${why}`}><b>{words.row(row)}</b>{email === undefined ? "" : ` (${email})`}: {words.problems[why]}</li>)}
              {problems.length > SHOWN ? <li key="more" className="soft">{words.moreRows(problems.length - SHOWN)}</li> : null}</ul>
          </>
        ) : <p><Icon name="check" /> {words.rowsRight(lines.length)}</p>}
        {problems.length === 0 ? <ul className="soft">{lines.map(({ row, email, username }) => <li key={row}>{email} → {username}</li>)}</ul> : null}
      </div>
    </Sheet>
  );
}
