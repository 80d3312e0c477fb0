import { useEffect, useState } from "react";
import type { PastLine } from "#client/desk/dialDesk.ts";
import type { Language } from "#domain/base/campaign.ts";
import { dayOf, wallClock } from "#domain/base/day.ts";
import type { CallEnd } from "#domain/phone/facts.ts";
import { unspellNumber } from "#domain/phone/number.ts";
import type { SideEnd } from "#domain/phone/sideFacts.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useCompanyNow } from "#ui/kit/clock.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { clockFace, length } from "#ui/kit/times.ts";
import { commonWords } from "#ui/words/common.ts";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { dialWords } from "./dialWords.ts";
import { phoneWords } from "./words.ts";
import "./phone.css";

interface Props {
  readonly past: () => Promise<readonly PastLine[]>;
  readonly timeZone: string;
  /** A number in groups, as it is read aloud. */
  readonly readable: (e164: string) => string;
  readonly shortDay: (at: number, timeZone: string, language: Language) => string;
  /** Undefined while nothing can be dialed by hand. */
  readonly dial: ((spelled: string) => void) | undefined;
  readonly onClose: () => void;
}

/** The calls of this telephone, today's and earlier: which way, with whom, how long, who ended it and why. */
export function HistorySheet({ past, dial, onClose, ...how }: Props) {
  const words = useWords(dialWords);
  const common = useWords(commonWords);
  const [lines, setLines] = useState<readonly PastLine[]>();
  useEffect(() => {
    let shown = true;
    // What cannot be read is shown as nothing: the trouble strip speaks of a broken disk.
    past().then((read) => { if (shown) setLines(read); }, () => { if (shown) setLines([]); });
    return () => { shown = false; };
  }, [past]);
  return (
    <Sheet title={words.history} close={common.close} onClose={onClose} className="today past-calls">
      {lines === undefined ? <p className="soft late">{words.loading}</p> : lines.length === 0 ? <p className="soft">{words.empty}</p> : (
        <table className="calls">
          <thead><tr><th>{words.columns.when}</th><th>{words.columns.way}</th><th>{words.columns.who}</th><th className="number">{words.columns.talk}</th><th>{words.columns.how}</th><th><span className="unseen">{words.dial}</span></th></tr></thead>
          <tbody>{lines.map((line) => <Line key={line.call} line={line} dial={dial} {...how} />)}</tbody>
        </table>
      )}
    </Sheet>
  );
}

function Line({ line, timeZone, readable, shortDay, dial }: { readonly line: PastLine } & Pick<Props, "timeZone" | "readable" | "shortDay" | "dial">) {
  const words = useWords(dialWords);
  const phone = useWords(phoneWords);
  const { language } = useLanguage();
  const now = useCompanyNow();
  const { spelled } = line;
  const number = spelled === undefined ? undefined : unspellNumber(spelled);
  const read = number && [readable(number.e164), number.extension].filter(Boolean).join(", ");
  const who = line.who ?? read ?? (line.number === undefined ? words.hidden : words.erased);
  const face = clockFace(wallClock(line.at, timeZone).minutes);
  const how = (why: SideEnd): string => (why in phone.end ? phone.end[why as CallEnd] : words.side[why as Exclude<SideEnd, CallEnd>]);
  return (
    <tr>
      <td className="soft">{dayOf(line.at, timeZone) === dayOf(now, timeZone) ? face : `${shortDay(line.at, timeZone, language)} ${face}`}</td>
      <td className={line.why === "missed" ? "tone-warn" : "soft"}><span className="history-way"><Icon name={line.way === "out" ? "right" : line.way === "in" ? "left" : "person"} />{words.way[line.way]}</span></td>
      <td className="ellipsis">{who}{line.who === undefined || read === undefined || line.who === read ? null : <span className="faint"> {read}</span>}</td>
      <td className="number">{line.seconds === undefined ? "—" : length(line.seconds)}</td>
      <td className="soft ellipsis">{line.why === undefined ? words.goesOn : how(line.why)}</td>
      <td>{spelled === undefined || !dial ? null : <Button kind="quiet" icon="phone" name={words.dialTo(who)} title={words.dialTo(who)} onPress={() => { dial(spelled); }} />}</td>
    </tr>
  );
}
