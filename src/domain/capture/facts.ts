import type { CallId, RecordId } from "../base/envelope.ts";

export type CaptureFact =
  /** The client's own words lie in the private record; here only where and when (rule C1). */
  | {
      readonly kind: "verbatim.taken"; readonly call: CallId; readonly record: RecordId;
      /** Seconds since the answer. */
      readonly second: number;
      readonly module?: string; readonly handler?: string;
      /** The client said something for which the script had no answer (key 0). */
      readonly unforeseen: boolean;
    }
  | { readonly kind: "note.taken"; readonly call: CallId; readonly record: RecordId };
