/** Small bars side by side, such as contacts by hour. `now` is the bar of the present hour. For readers there must be words beside it. */
export function Bars({ values, now, height = 24 }: { readonly values: readonly { readonly key: string | number; readonly value: number }[]; readonly now?: string | number; readonly height?: number }) {
  const most = Math.max(1, ...values.map(({ value }) => value));
  return (
    <span className="hour-bars" aria-hidden="true" style={{ height }}>
      {values.map(({ key, value }) => (
        <i key={key} className={[value === 0 ? "none" : "", key === now ? "now" : ""].filter(Boolean).join(" ")} style={{ height: `${(value / most) * 100}%` }} />
      ))}
    </span>
  );
}
