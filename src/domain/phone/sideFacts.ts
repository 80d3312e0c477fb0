import type { CallId, RecordId } from "../base/envelope.ts";
import type { CallEnd } from "./facts.ts";

/** Why a call of the second line is over: as any call, or because it was not taken. */
export type SideEnd =
  | CallEnd
  /** We declined it; nobody took it; we were on a break or gone; both lines were taken (rule B3). */
  | "rejected" | "missed" | "away" | "engaged";

/** The second line has facts of its own, so that nothing of it can stand in a figure (rule B1). */
export type SideFact =
  /** Somebody called us. The number, when it was shown, is a private record. */
  | { readonly kind: "side.rang"; readonly call: CallId; readonly number?: RecordId }
  /** A colleague was asked while a client waited. */
  | { readonly kind: "side.dialed"; readonly call: CallId; readonly client: CallId; readonly number: RecordId }
  | { readonly kind: "side.answered"; readonly call: CallId }
  | { readonly kind: "side.ended"; readonly call: CallId; readonly why: SideEnd }
  /** The client's call was given away; `side`: to the one who was asked before. */
  | { readonly kind: "call.transferred"; readonly call: CallId; readonly how: "blind" | "attended"; readonly side?: CallId }
  /** Both lines hear each other, or no longer. */
  | { readonly kind: "call.joined"; readonly call: CallId; readonly side: CallId; readonly on: boolean };
