import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Welcome } from "#client/desk/firstVisit.ts";
import type { Levels } from "#client/phone/phone.ts";
import type { Person } from "#domain/base/campaign.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { LevelMeter } from "#ui/kit/LevelMeter.tsx";
import { useWords } from "#ui/words/language.ts";
import { welcomeWords } from "./welcomeWords.ts";
import "./welcome.css";

interface Props {
  readonly welcome: Welcome;
  readonly levels: StoreApi<Levels>;
  readonly goOn: (way?: "again" | "unheard") => void;
}

const steps = ["microphone", "sound", "practice"] as const;

/** Before the first call on this computer: three short steps, none of which stands in anybody's way. */
export function WelcomeView({ welcome, person, levels, goOn, close }: Props & { readonly person: Person; readonly close: () => void }) {
  const words = useWords(welcomeWords);
  const here = steps.indexOf(welcome.step);
  return (
    <section className="welcome" aria-labelledby="welcome">
      <div className="welcome-head">
        <div className="grow"><h2 id="welcome">{words.title(person.name.split(" ")[0] ?? person.name)}</h2><p className="soft">{welcome.practice ? words.lead : words.leadPlain}</p></div>
        <Button kind="quiet" keyCode="Escape" onPress={close}>{words.skip}</Button>
      </div>
      <ol>
        {steps.map((step, index) => (
          <li key={step} className={index === here ? "now" : undefined} aria-current={index === here ? "step" : undefined}>
            <span className="welcome-sign">{index < here ? <Icon name="check" /> : index + 1}</span>
            <div className="welcome-step">
              <h3>{step === "practice" && !welcome.practice ? words.ready : words[step]}{index < here ? <Result step={step} welcome={welcome} /> : null}</h3>
              {index === here ? <Step welcome={welcome} levels={levels} goOn={goOn} /> : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** How a step went that is over. */
function Result({ step, welcome: { microphone, heard, device, tone } }: { readonly step: Welcome["step"]; readonly welcome: Welcome }) {
  const words = useWords(welcomeWords);
  if (step === "sound") return <span className="soft">{tone === "played" ? words.yes.toLowerCase() : words.skipped}</span>;
  return <span className="soft ellipsis">{microphone !== "ready" ? words.none : `${heard ? words.heard.toLowerCase() : words.skipped}${device === undefined ? "" : `, ${device}`}`}</span>;
}

function Step(props: Props) {
  switch (props.welcome.step) {
    case "microphone": return <MicrophoneStep {...props} />;
    case "sound": return <SoundStep {...props} />;
    case "practice": return <LastStep {...props} />;
  }
}

function MicrophoneStep({ welcome, levels, goOn }: Props) {
  const words = useWords(welcomeWords);
  const { microphone, heard, device } = welcome;
  switch (microphone) {
    case "unasked": case "asking":
      return (
        <>
          <p>{words.why}</p>
          <p className="soft">{words.lamp}</p>
          <Actions>
            <Main goOn={goOn} disabled={microphone === "asking"}>{words.turnOn}</Main>
            <span role="status" className="soft">{microphone === "asking" ? words.asking : null}</span>
          </Actions>
        </>
      );
    case "ready":
      return (
        <>
          <div className="welcome-voice">
            <Voice levels={levels} />
            <div><p role="status" className={heard ? "tone-ok strong" : "strong"}>{heard ? words.heard : words.say}</p><p className="soft">{device}</p></div>
          </div>
          <p className="soft">{heard ? words.lamp : words.still}</p>
          <Actions><Main goOn={goOn}>{words.next}</Main></Actions>
        </>
      );
    case "denied": case "missing": case "busy":
      return (
        <>
          <p role="status">{words.hindrance[microphone]}</p>
          <p className="soft">{words.meanwhile}</p>
          <Actions><Main goOn={goOn}>{words.without}</Main><Button large onPress={() => { goOn("again"); }}>{words.tryAgain}</Button></Actions>
        </>
      );
  }
}

function SoundStep({ welcome: { tone }, goOn }: Props) {
  const words = useWords(welcomeWords);
  const again = <Button large onPress={() => { goOn("again"); }}>{words.playAgain}</Button>;
  switch (tone) {
    case "unplayed": return <><p>{words.where}</p><Actions><Main goOn={goOn}>{words.play}</Main></Actions></>;
    case "played":
      return <><p role="status">{words.didYou}</p><Actions><Main goOn={goOn}>{words.yes}</Main><Button large onPress={() => { goOn("unheard"); }}>{words.no}</Button>{again}</Actions></>;
    case "unheard": return <><p role="status">{words.unheard}</p><Actions><Main goOn={goOn}>{words.goOnAnyway}</Main>{again}</Actions></>;
  }
}

function LastStep({ welcome: { practice }, goOn }: Props) {
  const words = useWords(welcomeWords);
  return <><p>{practice ? words.first : words.firstPlain}</p><Actions><Main goOn={goOn}>{practice ? words.toCall : words.done}</Main></Actions></>;
}

function Actions({ children }: { readonly children: ReactNode }) {
  return <div className="welcome-actions">{children}</div>;
}

/** The obvious thing of the step. Enter stays with the next prospect, as on every other day. */
function Main({ goOn, disabled = false, children }: { readonly goOn: () => void; readonly disabled?: boolean; readonly children: ReactNode }) {
  return <Button kind="main" large keyCode="KeyW" disabled={disabled} onPress={() => { goOn(); }}>{children}</Button>;
}

/** Alone, so that only the bars are drawn anew with the voice. */
function Voice({ levels }: { readonly levels: StoreApi<Levels> }) {
  return <LevelMeter level={useStore(levels, ({ mine }) => mine)} />;
}
