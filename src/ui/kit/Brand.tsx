/** The sign of Sufler: the prompter's box at the edge of a stage, and the line that comes out of it. */
export function Brand() {
  return (
    <span className="brand">
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path d="M4 24a12 12 0 0 1 24 0z" fill="var(--accent)" />
        <path d="M10.500 18.500h11M12.500 22h7" stroke="var(--on-accent)" strokeWidth="2.200" strokeLinecap="round" />
        <path d="M2 27.500h28" stroke="var(--ink)" strokeWidth="2.200" strokeLinecap="round" />
      </svg>
      Sufler
    </span>
  );
}
