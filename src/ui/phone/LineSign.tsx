import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { SoundState } from "#client/desk/soundDesk.ts";
import { gradeNow, type Direction, type LineQuality } from "#domain/phone/quality.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { devicesWords } from "./devicesWords.ts";

const tones = { good: "tone-ok", fair: "tone-warn", bad: "tone-bad" } as const;

/** In the phone bar: how the line is, as a word and as the last minute. Alone, so that nothing else is drawn anew each second. */
export function LineSign({ sound }: { readonly sound: StoreApi<SoundState> }) {
  const words = useWords(devicesWords);
  const quality = useStore(sound, (state) => state.quality);
  if (!quality) return null;
  const grade = gradeNow(quality);
  return <span className={`line-sign ${tones[grade]}`}><Sparkline trend={quality.trend} />{grade === "bad" ? <Icon name="warning" /> : null}<span className="line-word">{words.grade[grade]}</span></span>;
}

/** A minute of scores, 1 to 4.5, the newest at the right. */
export function Sparkline({ trend }: { readonly trend: readonly number[] }) {
  const words = useWords(devicesWords);
  const { language } = useLanguage();
  const y = (mos: number): number => 17 - ((mos - 1) / 3.5) * 16;
  const points = trend.map((mos, index) => `${(60 - trend.length + index + 0.5).toFixed(1)},${y(mos).toFixed(1)}`).join(" ");
  const worst = Math.min(...trend).toLocaleString(language, { maximumFractionDigits: 1 });
  return (
    <svg className="sparkline" viewBox="0 0 60 18" width="60" height="18" role="img" aria-label={words.graph(worst)}>
      <line x1="0" x2="60" y1={y(3.1)} y2={y(3.1)} className="sparkline-edge" />
      <polyline points={points} />
    </svg>
  );
}

/** The same in figures, for those who read. */
export function LineFigures({ quality }: { readonly quality: LineQuality | undefined }) {
  const words = useWords(devicesWords);
  const { language } = useLanguage();
  if (!quality) return <p className="soft">{words.lineNone}</p>;
  const figure = (value: number, digits: number): string => value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const of = (direction: Direction | undefined, say: (one: Direction) => string): string => (direction ? say(direction) : words.unknown);
  const rows: readonly (readonly [string, (one: Direction) => string])[] = [
    [words.loss, ({ loss }) => `${figure(loss * 100, 1)} %`], [words.jitter, ({ jitter }) => words.ms(Math.round(jitter))], [words.score, ({ mos }) => figure(mos, 1)],
  ];
  return (
    <>
      <div className="line-figures-head"><Sparkline trend={quality.trend} /><span className={tones[gradeNow(quality)]}>{words.grade[gradeNow(quality)]}</span></div>
      <table className="line-figures">
        <thead><tr><td /><th scope="col">{words.hear}</th><th scope="col">{words.send}</th></tr></thead>
        <tbody>
          {rows.map(([name, say]) => <tr key={name}><th scope="row">{name}</th><td>{of(quality.heard, say)}</td><td>{of(quality.sent, say)}</td></tr>)}
          <tr><th scope="row">{words.trip}</th><td colSpan={2}>{quality.roundTrip === undefined ? words.unknown : words.ms(Math.round(quality.roundTrip))}</td></tr>
          <tr><th scope="row">{words.codec}</th><td colSpan={2}>{words.codecs[quality.codec]}</td></tr>
        </tbody>
      </table>
      <p className="faint">{words.formula}</p>
    </>
  );
}
