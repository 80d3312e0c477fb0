import { useEffect, useState } from "react";
import type { Desk } from "#client/desk/desk.ts";
import { commands } from "#client/desk/commands.ts";
import type { DeskState } from "#client/desk/deskState.ts";
import type { DeskView } from "#client/desk/view.ts";
import { allowIdleDetection, canAllowIdleDetection } from "#client/desk/presence.ts";
import { wallClock } from "#domain/base/day.ts";
import { DayBadge } from "#ui/counting/DayBadge.tsx";
import { SyncSign } from "#ui/desk/SyncSign.tsx";
import { welcomeWords } from "#ui/desk/welcomeWords.ts";
import { deskWords } from "#ui/desk/words.ts";
import { Brand } from "#ui/kit/Brand.tsx";
import { Button } from "#ui/kit/Button.tsx";
import { useCompanyNow } from "#ui/kit/clock.ts";
import { clockFace } from "#ui/kit/times.ts";
import { devicesWords } from "#ui/phone/devicesWords.ts";
import { useToast } from "#ui/kit/Toast.tsx";
import { dialWords } from "#ui/phone/dialWords.ts";
import { PersonMenu } from "#ui/person/PersonMenu.tsx";
import { StateButton } from "#ui/shift/StateButton.tsx";
import { shiftWords } from "#ui/shift/words.ts";
import { useWords } from "#ui/words/language.ts";

const mayWelcome = commands.find(({ id }) => id === "welcome")?.allowed;
const mayBreak = commands.find(({ id }) => id === "break")?.allowed;

/** From now on the browser brings `tel:` links here, once the person has agreed (HTML, custom scheme handlers). */
function takeLinks(): void {
  navigator.registerProtocolHandler("tel", `${location.origin}/desk?dial=%s`);
}

/** The header: what I am doing, how the day stands, whether all is saved, who I am. */
export function DeskHead({ desk, state, view, onSignOut }: { readonly desk: Desk; readonly state: DeskState; readonly view: DeskView; readonly onSignOut: () => void }) {
  const words = useWords(deskWords);
  const welcome = useWords(welcomeWords);
  const sound = useWords(devicesWords);
  const dial = useWords(dialWords);
  const toast = useToast();
  const shift = useWords(shiftWords);
  const idle = useIdleQuestion();
  const { company, day } = state;
  const canBreak = company !== undefined && state.agent.state !== "break" && mayBreak?.(state, view);
  return (
    <header className="desk-head">
      <Brand />
      <span className="head-state"><StateButton agent={state.agent} gender={state.person.gender} breaks={company?.breaks} open={view.panel === "break"} choose={canBreak ? () => { desk.run("break"); } : undefined} /></span>
      {company && day ? <Day day={day} company={company} /> : null}
      <div className="head-right">
        <SyncSign sync={state.sync} />
        {company ? <Time company={company} /> : null}
        <Button kind="quiet" icon="headset" name={sound.title} title={sound.title} onPress={() => { desk.run("devices"); }} />
        <Button kind="quiet" icon="help" name={words.help} title={words.help} onPress={() => { desk.run("help"); }} />
        <PersonMenu person={state.person} onSignOut={onSignOut}
          more={[
            ...(company && mayWelcome?.(state, view) ? [{ label: welcome.again, icon: "microphone", onPress: () => { desk.run("welcome"); } } as const] : []),
            { label: dial.history, icon: "clock", onPress: () => { desk.run("history"); } },
            ...("registerProtocolHandler" in navigator ? [{ label: dial.links, icon: "phone", onPress: () => { takeLinks(); toast({ text: dial.linksAsked }); } } as const] : []),
            ...(idle ? [{ label: shift.allowIdle, icon: "clock", onPress: idle } as const] : []),
          ]} />
      </div>
    </header>
  );
}

/** Lets the person allow the system to be asked whether anybody sits there; undefined where there is nothing to ask. */
function useIdleQuestion(): (() => void) | undefined {
  const [can, set] = useState(false);
  useEffect(() => {
    let gone = false;
    canAllowIdleDetection().then((answer) => { if (!gone) set(answer); }, () => undefined);
    return () => { gone = true; };
  }, []);
  // A browser that will not ask leaves everything as it is.
  return can ? () => { allowIdleDetection().catch(() => undefined).finally(() => { set(false); }); } : undefined;
}

function Day({ day, company }: { readonly day: NonNullable<DeskState["day"]>; readonly company: NonNullable<DeskState["company"]> }) {
  const { minutes } = wallClock(useCompanyNow(), company.timeZone);
  return <DayBadge day={day} company={company} hour={Math.floor(minutes / 60)} />;
}

/** The clock of the company, by which the day is counted. */
function Time({ company }: { readonly company: NonNullable<DeskState["company"]> }) {
  return <span className="faint">{clockFace(wallClock(useCompanyNow(), company.timeZone).minutes)}</span>;
}
