/** Progress towards a target as a ring; the notch stands where one should be by now. The numbers stand beside it as text. */
export function Ring({ value, target, due, size = 30, width = 5 }: {
  readonly value: number; readonly target: number; readonly due?: number; readonly size?: number; readonly width?: number;
}) {
  const part = target > 0 ? Math.min(1, value / target) : 1;
  const middle = size / 2;
  const radius = (size - width) / 2;
  const length = 2 * Math.PI * radius;
  const notch = due === undefined || target <= 0 ? undefined : Math.min(1, due / target);
  return (
    <svg className={part >= 1 ? "ring done" : "ring"} width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true" focusable="false">
      <g transform={`rotate(-90 ${middle} ${middle})`} strokeWidth={width}>
        <circle className="ring-track" cx={middle} cy={middle} r={radius} />
        {part > 0 ? <circle className="ring-fill" cx={middle} cy={middle} r={radius} strokeDasharray={`${part * length} ${length}`} /> : null}
        {notch !== undefined && notch > 0 && notch < 1
          ? <line className="ring-due" x1={size - width - 1} x2={size + 1} y1={middle} y2={middle} transform={`rotate(${notch * 360} ${middle} ${middle})`} />
          : null}
      </g>
    </svg>
  );
}
