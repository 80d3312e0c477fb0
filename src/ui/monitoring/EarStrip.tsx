import { useId } from "react";
import { useStore } from "zustand";
import type { Ear, EarLevels, Listening } from "#client/monitoring/listening.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useNow } from "#ui/kit/clock.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { LevelMeter } from "#ui/kit/LevelMeter.tsx";
import { length } from "#ui/kit/times.ts";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { earWords } from "./words.ts";
import "./monitoring.css";

export interface EarStripProps {
  readonly ear: Ear;
  readonly listening: Exclude<Listening, { phase: "off" }>;
  /** Whose call it is. */
  readonly who: string;
  readonly volumes: EarLevels;
  readonly onVolume: (voice: keyof EarLevels, to: number) => void;
}

/** What the lead hears: whose call, both voices with their loudness, the way out; or why there is no sound. */
export function EarStrip({ ear, listening, who, volumes, onVolume }: EarStripProps) {
  const words = useWords(earWords);
  const common = useWords(commonWords);
  if (listening.phase === "over") {
    return <section className="ear is-over" aria-label={words.ear}><p role="status"><Icon name="ear" /><span>{words.over(listening.why, who)}</span></p><Button kind="quiet" icon="cross" name={common.close} onPress={() => { ear.stop(); }} /></section>;
  }
  return (
    <section className="ear" aria-label={words.ear}>
      <div className="ear-head">
        <Icon name="ear" />
        <span className="ear-what">
          <b className="ellipsis">{who}</b>
          <span className="soft"><span role="status">{listening.phase === "hearing" ? words.hearing : listening.phase === "asking" ? words.asking : words.connecting}</span>
            {listening.phase === "hearing" ? <> · <HeardFor since={listening.since} /></> : null}</span>
        </span>
        <Button keyCode="Escape" onPress={() => { ear.stop(); }}>{words.stop}</Button>
      </div>
      {(["agent", "client"] as const).map((voice) => (
        <Voice key={voice} ear={ear} voice={voice} name={words[voice]} live={listening.phase === "hearing"} volume={volumes[voice]} onVolume={(to) => { onVolume(voice, to); }} />
      ))}
      <p className="ear-microphone soft"><Icon name="microphoneOff" />{words.noMicrophone}</p>
    </section>
  );
}

function HeardFor({ since }: { readonly since: number }) {
  return <span>{length((useNow() - since) / 1000)}</span>;
}

function Voice({ ear, voice, name, live, volume, onVolume }: {
  readonly ear: Ear; readonly voice: keyof EarLevels; readonly name: string; readonly live: boolean; readonly volume: number; readonly onVolume: (to: number) => void;
}) {
  const words = useWords(earWords);
  const level = useStore(ear.levels, (levels) => levels[voice]);
  const id = useId();
  return (
    <div className="ear-voice">
      <LevelMeter level={live ? level : 0} />
      <label htmlFor={id}>{name}</label>
      <input id={id} type="range" min="0" max="100" step="5" value={Math.round(volume * 100)} aria-label={words.volume(name)}
        onChange={(event) => { onVolume(Number(event.target.value) / 100); }} />
      <span className="soft ear-percent">{words.percent(volume)}</span>
    </div>
  );
}
