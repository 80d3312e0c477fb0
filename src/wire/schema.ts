import { z } from "zod";
import type { CallEnd } from "#domain/phone/facts.ts";
import type { SideEnd } from "#domain/phone/sideFacts.ts";
import type { Fact, FactKind, FactOf, PrivateRecord } from "#domain/fact.ts";
import type { HeardLine } from "#domain/practice/facts.ts";
import { difficulties } from "#domain/practice/difficulty.ts";
import { characterIds } from "#domain/practice/numbers.ts";
import { situations } from "#domain/practice/situations.ts";
import type { LeaseRequest, NumberRequest, PublishHandler } from "./api.ts";
import { MOST_PLACE, type Description, type ToServer } from "./live.ts";
import type { AppendRequest, KeyRequest } from "./sync.ts";
import { MAX_APPEND_BYTES, MAX_BATCH, MAX_LINES, MAX_PRACTICE, MAX_TARGET, MAX_TEXT } from "./protocol.ts";

/** Ids and codes: printable ASCII without spaces, so that no personal text can travel as one (rule Y1). */
const id = z.string().regex(/^[\x21-\x7e]{1,80}$/);
/** Milliseconds that a JavaScript Date can hold. */
const moment = z.number().min(-8.64e15).max(8.64e15);
const version = z.int().min(0).max(2_147_483_647);
const count = z.int().min(0).max(1_000_000);
const day = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);
/** Minutes since midnight. */
const minute = z.int().min(0).max(1440);
/** PostgreSQL's text holds no NUL. */
const noNul = (text: string): boolean => !text.includes("\0");

const envelope = { id, at: moment, offset: moment, by: id, device: id };
const inCall = { ...envelope, call: id };
const mark = z.enum(["decisionMaker", "agreed", "refused"]);
const callEnd: z.ZodType<CallEnd> = z.enum([
  "agentHungUp", "clientHungUp", "cancelled", "transferred", "busy", "noAnswer", "declined", "unavailable", "wrongNumber", "answeredElsewhere",
  "barred", "forbidden", "noRoute", "noLines", "loop", "notUnderstood", "serverDown", "noMicrophone", "mediaFailed", "lost", "cutOff", "timerRanOut",
]);
const sideEnd: z.ZodType<SideEnd> = z.union([callEnd, z.enum(["rejected", "missed", "away", "engaged"])]);
const heardLines: z.ZodType<readonly HeardLine[]> = z.array(z.strictObject({ ms: count, says: z.enum(situations) })).max(MAX_LINES);

/**
 * The shape of each kind of fact, with nothing beside it: an unknown field is refused, for it might hold personal text.
 * `Exact` below makes a schema that says more or less than the type fail to compile.
 */
export const factSchemas = {
  "call.dialed": z.strictObject({ ...inCall, kind: z.literal("call.dialed"), campaign: id, prospect: id, number: id, firm: id.exactOptional() }),
  "call.ringing": z.strictObject({ ...inCall, kind: z.literal("call.ringing") }),
  "call.answered": z.strictObject({ ...inCall, kind: z.literal("call.answered") }),
  "call.takenBack": z.strictObject({ ...inCall, kind: z.literal("call.takenBack") }),
  "call.held": z.strictObject({ ...inCall, kind: z.literal("call.held"), on: z.boolean() }),
  "call.ended": z.strictObject({ ...inCall, kind: z.literal("call.ended"), why: callEnd }),
  "call.quality": z.strictObject({
    ...inCall, kind: z.literal("call.quality"), codec: z.enum(["opus", "g711", "g722", "other"]), heard: count, heardLost: count, sent: count, sentLost: count,
    jitter: count, roundTrip: count, mos: count, worst: count, badSeconds: count,
  }),
  "side.rang": z.strictObject({ ...inCall, kind: z.literal("side.rang"), number: id.exactOptional() }),
  "side.dialed": z.strictObject({ ...inCall, kind: z.literal("side.dialed"), client: id, number: id }),
  "side.answered": z.strictObject({ ...inCall, kind: z.literal("side.answered") }),
  "side.ended": z.strictObject({ ...inCall, kind: z.literal("side.ended"), why: sideEnd }),
  "call.transferred": z.strictObject({ ...inCall, kind: z.literal("call.transferred"), how: z.enum(["blind", "attended"]), side: id.exactOptional() }),
  "call.joined": z.strictObject({ ...inCall, kind: z.literal("call.joined"), side: id, on: z.boolean() }),
  "script.opened": z.strictObject({ ...inCall, kind: z.literal("script.opened"), script: id, version }),
  "module.shown": z.strictObject({
    ...inCall, kind: z.literal("module.shown"), module: id, way: z.enum(["start", "answer", "other", "back", "trail"]), answer: id.exactOptional(),
  }),
  "script.ended": z.strictObject({ ...inCall, kind: z.literal("script.ended"), module: id, answer: id, outcome: id }),
  "handler.shown": z.strictObject({ ...inCall, kind: z.literal("handler.shown"), handler: id, version, phrasing: count, module: id }),
  "handler.left": z.strictObject({ ...inCall, kind: z.literal("handler.left"), handler: id, module: id }),
  "mark.set": z.strictObject({ ...inCall, kind: z.literal("mark.set"), mark, on: z.boolean() }),
  "verbatim.taken": z.strictObject({
    ...inCall, kind: z.literal("verbatim.taken"), record: id, second: z.number().min(0).max(1e9),
    module: id.exactOptional(), handler: id.exactOptional(), unforeseen: z.boolean(),
  }),
  "note.taken": z.strictObject({ ...inCall, kind: z.literal("note.taken"), record: id }),
  "shift.ready": z.strictObject({ ...envelope, kind: z.literal("shift.ready") }),
  "shift.break": z.strictObject({ ...envelope, kind: z.literal("shift.break"), reason: z.enum(["rest", "lunch", "training", "other"]) }),
  "shift.ended": z.strictObject({ ...envelope, kind: z.literal("shift.ended") }),
  "shift.away": z.strictObject({ ...envelope, kind: z.literal("shift.away"), source: z.enum(["idle", "locked", "input", "hidden"]) }),
  "shift.back": z.strictObject({ ...envelope, kind: z.literal("shift.back") }),
  "shift.gap": z.strictObject({ ...envelope, kind: z.literal("shift.gap"), since: moment, cause: z.enum(["asleep", "closed"]) }),
  "work.done": z.strictObject({ ...envelope, kind: z.literal("work.done"), work: id, type: z.enum(["meeting", "visit", "proposal", "document", "none"]) }),
  "target.set": z.strictObject({
    ...envelope, kind: z.literal("target.set"), target: id, agent: id, from: day, to: day, since: minute,
    unit: z.enum(["contacts", "points"]), amount: z.int().min(0).max(MAX_TARGET), start: minute, end: minute,
  }),
  "target.withdrawn": z.strictObject({ ...envelope, kind: z.literal("target.withdrawn"), target: id, agent: id, on: z.boolean() }),
  "contact.checked": z.strictObject({
    ...inCall, kind: z.literal("contact.checked"), agent: id, found: z.enum(["confirmed", "notConfirmed", "notReached", "withdrawn"]),
    reason: z.enum(["noTalk", "notDecisionMaker", "otherOutcome", "wrongNumber", "other"]).exactOptional(),
  }),
  "contact.disputed": z.strictObject({ ...inCall, kind: z.literal("contact.disputed"), record: id }),
  "call.late": z.strictObject({ ...inCall, kind: z.literal("call.late"), agent: id, received: moment }),
  "prospect.opened": z.strictObject({ ...envelope, kind: z.literal("prospect.opened"), prospect: id, campaign: id }),
  "outcome.saved": z.strictObject({ ...inCall, kind: z.literal("outcome.saved"), outcome: id, decisionMaker: z.boolean() }),
  "training.assigned": z.strictObject({
    ...envelope, kind: z.literal("training.assigned"), assignment: id, agent: id, campaign: id, customer: z.enum([...characterIds, "mix"]),
    difficulty: z.enum(difficulties), calls: z.int().min(1).max(MAX_PRACTICE), until: day,
  }),
  "training.withdrawn": z.strictObject({ ...envelope, kind: z.literal("training.withdrawn"), assignment: id, agent: id, on: z.boolean() }),
  "practice.begun": z.strictObject({ ...inCall, kind: z.literal("practice.begun"), customer: z.enum(characterIds), person: z.int().min(0).max(99), assignment: id.exactOptional() }),
  "practice.heard": z.strictObject({ ...inCall, kind: z.literal("practice.heard"), lines: heardLines }),
} satisfies { readonly [K in FactKind]: z.ZodType<FactOf<K>> };

export const privateRecordSchema = z.strictObject({
  id, type: z.enum(["number", "verbatim", "note"]), text: z.string().refine(noNul), by: id, device: id, at: moment,
});

type Flat<T> = { -readonly [K in keyof T]: T[K] };
type Same<A, B> = (<T>() => T extends Flat<A> ? 1 : 2) extends <T>() => T extends Flat<B> ? 1 : 2 ? true : never;
type Exact = { readonly [K in FactKind]: Same<z.infer<(typeof factSchemas)[K]>, FactOf<K>> };
/** Compiles only while every schema is the type itself, field by field. */
export const exact: Exact & { readonly record: Same<z.infer<typeof privateRecordSchema>, PrivateRecord> } = {
  "call.dialed": true, "call.ringing": true, "call.answered": true, "call.takenBack": true, "call.held": true, "call.ended": true, "call.quality": true,
  "side.rang": true, "side.dialed": true, "side.answered": true, "side.ended": true, "call.transferred": true, "call.joined": true,
  "script.opened": true, "module.shown": true, "script.ended": true, "handler.shown": true, "handler.left": true, "mark.set": true,
  "verbatim.taken": true, "note.taken": true, "shift.ready": true, "shift.break": true, "shift.ended": true,
  "shift.away": true, "shift.back": true, "shift.gap": true, "work.done": true, "target.set": true, "target.withdrawn": true,
  "contact.checked": true, "contact.disputed": true, "call.late": true,
  "prospect.opened": true, "outcome.saved": true,
  "training.assigned": true, "training.withdrawn": true, "practice.begun": true, "practice.heard": true, record: true,
};

/** The fact in `value`, or undefined when it is not one. Looks at the kind first, so that one schema runs and not all of them. */
export function readFact(value: unknown): Fact | undefined {
  if (typeof value !== "object" || value === null || !("kind" in value) || typeof value.kind !== "string") return undefined;
  if (!Object.hasOwn(factSchemas, value.kind)) return undefined;
  const result = factSchemas[value.kind as FactKind].safeParse(value);
  return result.success ? result.data : undefined;
}

/** An entry whose content has not been looked at. */
export interface NumberedEntry { readonly n: number; readonly fact?: unknown; readonly record?: unknown }
const isNumbered = (value: unknown): value is NumberedEntry =>
  typeof value === "object" && value !== null && "n" in value && Number.isSafeInteger(value.n) && (value.n as number) >= 1;

/** The frame of a push; entries are read one by one, so that a bad one does not hold up the others. */
export const pushSchema = z.object({
  protocol: z.int(),
  device: id,
  by: id.exactOptional(),
  after: z.int().min(0).exactOptional(),
  entries: z.array(z.custom<NumberedEntry>(isNumbered)).max(MAX_BATCH),
});

const base64 = (longest: number) => z.string().max(longest).regex(/^[A-Za-z0-9+/]+=*$/);
export const keySchema: z.ZodType<KeyRequest> = z.object({ device: id, key: base64(400) });
export const appendSchema: z.ZodType<AppendRequest> = z.object({ device: id, batch: z.string().max(MAX_APPEND_BYTES), signature: base64(200) });

export const pullQuery = z.object({ since: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0), epoch: id.exactOptional() });
export const linesQuery = z.object({ call: id });
export const markQuery = z.object({ device: id, acked: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).exactOptional(), epoch: id.exactOptional() });

export const numberRequest: z.ZodType<NumberRequest> = z.object({
  device: id, campaign: id, phone: z.string().regex(/^\+[1-9]\d{6,14}$/), extension: z.string().regex(/^[\d*#,]{1,32}$/).exactOptional(),
});

export const leaseRequest: z.ZodType<LeaseRequest> = z.object({
  device: id, language: z.enum(["ru", "en"]), hold: z.array(id).max(200), want: z.int().min(0).max(1000),
});

export const prospectsQuery = z.object({ ids: z.string().transform((ids) => ids.split(",").filter((one) => one !== "")).pipe(z.array(id).max(200)) });

const line = (longest: number) => z.string().trim().min(1).max(longest).refine(noNul);
export const publishHandler: z.ZodType<PublishHandler> = z.object({
  handler: z.strictObject({
    id, script: id, title: line(200), gist: line(500),
    synonyms: z.array(line(100)).max(50), phrasings: z.array(line(MAX_TEXT)).min(1).max(10),
  }),
  based: version,
});

const description: z.ZodType<Description> = z.strictObject({ type: z.enum(["offer", "answer"]), sdp: z.string().max(60_000) });
/** Messages of the live socket from the browser. */
export const toServer: z.ZodType<ToServer> = z.discriminatedUnion("t", [
  z.object({ t: z.literal("hello"), protocol: z.int(), device: id }),
  z.object({ t: z.literal("listen"), ask: id, agent: id }),
  z.object({ t: z.literal("signal"), session: id, description }),
  z.object({ t: z.literal("line"), state: z.enum(["ready", "connecting", "down", "refused"]) }),
  z.object({ t: z.literal("quality"), call: id, grade: z.enum(["good", "fair", "bad"]), bad: z.enum(["heard", "sent", "both", "far"]).exactOptional() }),
  z.object({ t: z.literal("hold") }),
  z.object({ t: z.literal("take") }),
  z.object({ t: z.literal("give"), place: z.string().max(MOST_PLACE) }),
  z.object({ t: z.literal("free") }),
  z.object({ t: z.literal("unlisten"), session: id, why: z.enum(["lead", "call", "agentGone", "leadGone", "noPath", "failed"]) }),
]);

/** `POST /api/prospects/erase`: whose personal data are to go. */
export const eraseRequest = z.object({ prospect: id });

/** `GET /api/audit`: what is older than an entry. */
export const auditQuery = z.object({ before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).exactOptional() });
