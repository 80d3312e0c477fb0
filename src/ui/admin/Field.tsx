import { useId, type ReactNode } from "react";

export interface FieldAttributes { readonly id: string; readonly className: string; readonly disabled: boolean; readonly "aria-invalid": boolean; readonly "aria-describedby": string | undefined }

/** A label, its field and what explains it. */
export function Field({ label, hint, wrong = false, disabled = false, children }: {
  readonly label: string; readonly hint?: string | undefined; readonly wrong?: boolean; readonly disabled?: boolean; readonly children: (field: FieldAttributes) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="admin-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, className: "field", disabled, "aria-invalid": wrong, "aria-describedby": hint === undefined ? undefined : `${id}h` })}
      {hint === undefined ? null : <p className="soft" id={`${id}h`}>{hint}</p>}
    </div>
  );
}
