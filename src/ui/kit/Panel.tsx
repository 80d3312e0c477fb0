import { useId, type ReactNode } from "react";

/** A named part of a column, with an optional sign at the right of its title. */
export function Panel({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-title"><h2 className="caption" id={id}>{title}</h2><span className="grow" />{aside}</div>
      {children}
    </section>
  );
}
