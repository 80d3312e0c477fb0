const steps = [0.04, 0.12, 0.24, 0.42, 0.65] as const;

/** How loud a voice is now, 0 to 1, as five bars. Says nothing to a screen reader: it would never stop talking. */
export function LevelMeter({ level }: { readonly level: number }) {
  return (
    <span className="level" aria-hidden="true">
      {steps.map((step, at) => <i key={step} className={level >= step ? "on" : ""} style={{ height: `${28 + at * 18}%` }} />)}
    </span>
  );
}
