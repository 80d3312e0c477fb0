import { useId } from "react";

/** A few values side by side, of which one holds. */
export function Choices<T extends string>({ title, value, options, onChoose }: {
  readonly title: string; readonly value: T; readonly options: readonly { readonly value: T; readonly label: string }[]; readonly onChoose: (value: T) => void;
}) {
  const name = useId();
  return (
    <div className="choices" role="radiogroup" aria-label={title}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => { onChoose(option.value); }} />
          {option.label}
        </label>
      ))}
    </div>
  );
}
