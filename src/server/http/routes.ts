import { z } from "zod";
import { importPhoneLines, savePhoneLine, savePhoneSetup, testPhone } from "#wire/phoneAdmin.ts";
import { saveNorms, saveRule, undoNorms } from "#wire/normsAdmin.ts";
import { MAX_APPEND_BYTES, MAX_PUSH_BYTES } from "#wire/protocol.ts";
import { appendSchema, auditQuery, eraseRequest, keySchema, leaseRequest, numberRequest, linesQuery, markQuery, prospectsQuery, publishHandler, pullQuery, pushSchema } from "#wire/schema.ts";
import { everybody, type Access } from "./access.ts";

/** One endpoint: all that the router, the OpenAPI description and the test of rights need to know of it. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Largest body, in bytes; 64 KB when not given. */
  readonly maxBytes?: number;
  /** What the answer holds, in words; its type stands in src/wire. */
  readonly answers: string;
  /** What this endpoint refuses beside what the door refuses for all: status and reason. */
  readonly refuses?: Readonly<Record<number, string>>;
}

const email = z.string().trim().min(3).max(254).regex(/^\P{Cc}*$/u);

/** The one table of endpoints and rights: what is not in it is not served. */
export const routes = {
  health: { method: "GET", path: "/healthz", access: "anyone", summary: "Whether the server and its database work", answers: "status, version", refuses: { 503: "the database cannot be reached" } },
  openapi: { method: "GET", path: "/api/openapi.json", access: "anyone", summary: "This description", answers: "OpenAPI 3.1" },
  signIn: {
    method: "POST", path: "/api/auth/sign-in/email", access: "anyone", summary: "Signs in and sets the session cookie",
    body: z.object({ email, password: z.string().min(1).max(256) }), answers: "ok, with the session's cookie", refuses: { 401: "e-mail or password is wrong", 429: "too many wrong ones; Retry-After tells how long to wait" },
  },
  signOut: { method: "POST", path: "/api/auth/sign-out", access: "anyone", summary: "Ends the session", answers: "success" },
  session: { method: "GET", path: "/api/auth/get-session", access: "anyone", summary: "The session of the cookie, or null", answers: "session and user, or null" },
  demoPeople: { method: "GET", path: "/api/demo/people", access: "demo", summary: "The demo people, for sign-in by one click", answers: "DemoPeopleResponse" },
  demoSignIn: { method: "POST", path: "/api/demo/sign-in", access: "demo", summary: "Signs in as a demo person", body: z.object({ email }), answers: "ok, with the session's cookie", refuses: { 401: "nobody of the demo", 404: "this is not a demo", 429: "too many tries; Retry-After tells how long to wait" } },
  me: { method: "GET", path: "/api/me", access: everybody, summary: "Who is signed in", answers: "MeResponse" },
  phoneAccount: { method: "GET", path: "/api/phone/account", access: everybody, summary: "The person's line", answers: "PhoneAccount", refuses: { 404: "the person has no line" } },
  push: { method: "POST", path: "/api/sync/push", access: everybody, summary: "Takes a batch of a device's entries, each once", body: pushSchema, maxBytes: MAX_PUSH_BYTES, answers: "PushResponse, after the batch is durable", refuses: { 426: "tab and server do not understand each other" } },
  key: { method: "POST", path: "/api/sync/key", access: ["agent"], summary: "Gives a device a key with which it can later send what its agent left on it", body: keySchema, answers: "KeyResponse", refuses: { 403: "the device is somebody else's" } },
  append: { method: "POST", path: "/api/sync/append", access: "anyone", summary: "Takes what an absent agent left on a device, signed by the device's key", body: appendSchema, maxBytes: MAX_APPEND_BYTES, answers: "PushResponse, after the batch is durable", refuses: { 401: "the device has no key, or the signature is not of it", 426: "tab and server do not understand each other", 429: "too many of late" } },
  pull: { method: "GET", path: "/api/sync/pull", access: everybody, summary: "What concerns the person and is newer than the cursor", query: pullQuery, answers: "PullResponse" },
  mark: { method: "GET", path: "/api/sync/mark", access: everybody, summary: "Up to which number a device's entries are safe", query: markQuery, answers: "MarkResponse" },
  leases: { method: "POST", path: "/api/dialing/leases", access: ["agent"], summary: "Renews a device's leases and fills its stock", body: leaseRequest, answers: "LeaseResponse" },
  dialNumber: { method: "POST", path: "/api/dialing/number", access: ["agent"], summary: "The right to call a number that was dialed by hand", body: numberRequest, answers: "NumberResponse", refuses: { 404: "there is no such campaign", 409: "a colleague has this person just now" } },
  practiceLines: { method: "GET", path: "/api/practice/lines", access: ["agent"], summary: "What the customer said in a practice call of one's own", query: linesQuery, answers: "LinesResponse; 409 while the call goes on" },
  prospects: { method: "GET", path: "/api/prospects", access: ["lead", "admin"], summary: "Prospects whom the team's calls name", query: prospectsQuery, answers: "ProspectsResponse" },
  findProspects: { method: "POST", path: "/api/prospects/find", access: ["admin"], summary: "People on the lists by name, company or number, for a request to erase", body: z.object({ text: z.string().trim().min(2).max(100).regex(/^\P{Cc}*$/u) }), answers: "ProspectsResponse, 20 at most" },
  eraseProspect: { method: "POST", path: "/api/prospects/erase", access: ["admin"], summary: "Erases the personal data of a person on a list: card, numbers, words, notes; counts stay", body: eraseRequest, answers: "ok", refuses: { 404: "nobody has that id" } },
  audit: { method: "GET", path: "/api/audit", access: ["admin"], summary: "Who did what: listening, targets, checks, practice, publishing, erasing, back-ups, settings", query: auditQuery, answers: "AuditResponse, 50 entries at most, newest first" },
  publishHandler: { method: "POST", path: "/api/scripts/handlers", access: ["editor", "admin"], summary: "Publishes an objection handler", body: publishHandler, answers: "PublishResponse", refuses: { 409: "somebody has published a newer version" } },
  adminPhone: { method: "GET", path: "/api/admin/phone", access: ["admin"], summary: "How the telephony is reached, and whose lines are registered", answers: "AdminPhoneResponse; no password" },
  savePhoneSetup: { method: "POST", path: "/api/admin/phone/setup", access: ["admin"], summary: "Changes how the telephony is reached", body: savePhoneSetup, answers: "AdminPhoneResponse", refuses: { 409: "somebody else has saved, or the environment says it" } },
  savePhoneLine: { method: "POST", path: "/api/admin/phone/line", access: ["admin"], summary: "Gives somebody an account on the PBX, or takes it away", body: savePhoneLine, answers: "AdminPhoneResponse", refuses: { 404: "there is no such person" } },
  importPhoneLines: { method: "POST", path: "/api/admin/phone/lines", access: ["admin"], summary: "Takes in a file of accounts on the PBX, all or none", body: importPhoneLines, maxBytes: 768 * 1024, answers: "ImportPhoneLinesResponse" },
  norms: { method: "GET", path: "/api/admin/norms", access: ["admin"], summary: "The company's norms, and what counts as a contact in each campaign", answers: "NormsResponse" },
  saveNorms: { method: "POST", path: "/api/admin/norms/company", access: ["admin"], summary: "Changes the company's norms, from today or tomorrow on", body: saveNorms, answers: "NormsResponse", refuses: { 404: "the company has no settings yet", 409: "somebody else has saved" } },
  saveRule: { method: "POST", path: "/api/admin/norms/rule", access: ["admin"], summary: "Changes what counts as a contact in a campaign, for calls that are answered from now on", body: saveRule, answers: "NormsResponse", refuses: { 404: "there is no such campaign", 409: "somebody else has saved" } },
  undoNorms: { method: "POST", path: "/api/admin/norms/undo", access: ["admin"], summary: "Takes the last change of norms or of a rule back, on the day on which it was made", body: undoNorms, answers: "NormsResponse", refuses: { 404: "there are no such settings", 409: "somebody else has saved, or the day is over" } },
  testPhone: { method: "POST", path: "/api/admin/phone/test", access: ["admin"], summary: "Tells what is wrong on the way to a PBX", body: testPhone, answers: "TestPhoneResponse", refuses: { 429: "too many tests; Retry-After tells how long to wait" } },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
