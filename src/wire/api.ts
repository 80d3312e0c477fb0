import type { Language, Person } from "#domain/base/campaign.ts";
import type { DialPlan } from "#domain/phone/dialPlan.ts";
import type { Lease, Prospect } from "#domain/dialing/prospect.ts";
import type { HeardLine } from "#domain/practice/facts.ts";
import type { Handler } from "#domain/script/script.ts";
import type { ServerCheck } from "./phoneCheck.ts";

/** `GET /api/me`; 401 without sign-in. */
export interface MeResponse { readonly person: Person; readonly protocol: number }

/** `GET /api/phone/account`: the line of the person who asks. Kept in memory only. */
export interface PhoneAccount {
  /** WebSocket URL of the PBX. */
  readonly server: string;
  /** `sip:user@domain`. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly iceServers: readonly IceServer[];
  /** For how many seconds from now the TURN passwords in `iceServers` hold. */
  readonly iceSeconds?: number;
  /** All servers of the PBX in order of preference, `server` first; when not given, `server` alone. */
  readonly servers?: readonly string[];
  /** How numbers are dialed at `server`; practice numbers are dialed as they are. */
  readonly dialPlan?: DialPlan;
  /** What one dials on `server` to hear oneself; without it the embedded switch's own echo is called. */
  readonly echo?: string;
  /** Demo numbers always go to the embedded switch, also when `server` is the company's PBX. */
  readonly practice: { readonly server: string; readonly uri: string; readonly username: string; readonly password: string };
}
export interface IceServer { readonly urls: string | readonly string[]; readonly username?: string; readonly credential?: string }

/** `POST /api/dialing/leases`. The server renews what is held and fills the stock up to `want`. */
export interface LeaseRequest {
  readonly device: string;
  readonly language: Language;
  /** Prospects whose lease this device still holds. */
  readonly hold: readonly string[];
  /** How many the device wants to have in stock. */
  readonly want: number;
}
/** `leases` is the whole stock of the device now. */
export interface LeaseResponse {
  readonly leases: readonly Lease[];
  /** When nobody is left to call: how many are on the list whose numbers the dial plan bars. */
  readonly barred?: number;
}

/** `POST /api/dialing/number`: the right to call a number that was dialed by hand (rule D4); 409 `taken` while a colleague has it. */
export interface NumberRequest {
  readonly device: string;
  readonly campaign: string;
  /** E.164. */
  readonly phone: string;
  /** Of this call: it takes the place of one that is on the list. */
  readonly extension?: string;
}
export interface NumberResponse { readonly lease: Lease }

/** `GET /api/prospects?ids=a,b` (lead): the people whom the team's calls name. At most 200 ids. */
export interface ProspectsResponse { readonly prospects: readonly Prospect[] }

/** What stands in the audit log. */
export type Deed =
  | "listen.started" | "listen.ended" | "handler.published" | "prospect.erased"
  | "target.set" | "target.withdrawn" | "target.restored" | "training.assigned" | "training.withdrawn" | "training.restored"
  | "contact.confirmed" | "contact.notConfirmed" | "contact.notReached" | "contact.withdrawn"
  | "norms.saved" | "norms.undone" | "rule.saved" | "rule.undone"
  | "phone.setup" | "phone.line" | "phone.lines" | "phone.tested"
  | "back-up.made" | "back-up.restored";
/** One line of the audit log: who did what to whom, milliseconds since 1970. `by` is a name; null: the system. `action`: a `Deed`, or one that a newer server knows. */
export interface AuditEntry { readonly id: number; readonly at: number; readonly by: string | null; readonly action: string; readonly subject: string }
/** `GET /api/audit?before=ID` (admin): 50 at most, newest first. */
export interface AuditResponse { readonly entries: readonly AuditEntry[] }

/** `POST /api/scripts/handlers`: publishes a new handler, or a new version of one. `based` is the version that was edited; 0 for a new one. */
export interface PublishHandler {
  readonly handler: Omit<Handler, "version">;
  readonly based: number;
}
/** 409 with the newest version when somebody else has published since `based`. */
export type PublishResponse = { readonly ok: true; readonly handler: Handler } | { readonly ok: false; readonly why: "newer"; readonly handler: Handler };

/** `GET /api/demo/people` (demo only, without sign-in): for one-click sign-in. Holds no password. */
export interface DemoPeopleResponse { readonly people: readonly Pick<Person, "name" | "email" | "role">[] }

/** Every refused request: one clear sentence in the person's language is made from `why` by the screen. */
export interface Problem { readonly why: string; readonly detail?: string }

/** `POST /api/demo/sign-in {email}` (demo only, without sign-in): sets the session cookie of a demo person; 404 when this is not a demo. */
export interface DemoSignIn { readonly email: string }

/** `GET /api/practice/lines?call=ID`: what the customer said in a practice call of one's own; 409 `notOver` while the call goes on. */
export interface LinesResponse { readonly lines: readonly HeardLine[] }

/** How the company's telephony is reached; no secret in it. */
export interface PhoneSetup {
  /** WebSocket URLs of one PBX, in order of preference; none: the embedded switch. */
  readonly servers: readonly string[];
  /** Of the SIP addresses; "": the host of the first server. */
  readonly domain: string;
  readonly plan: DialPlan;
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
}

/** `GET /api/admin/phone`. */
export interface AdminPhoneResponse {
  readonly setup: PhoneSetup;
  readonly version: number;
  /** Given by the environment, where it stays. */
  readonly fixed: { readonly sip: boolean; readonly ice: boolean };
  readonly hasTurnSecret: boolean;
  /** Those whose clients may be shown a number of their own. */
  readonly campaigns: readonly { readonly id: string; readonly name: string }[];
  readonly people: readonly PersonLine[];
}
export interface PersonLine {
  readonly person: Person;
  /** User name of the account on the PBX; null when none was given. */
  readonly username: string | null;
  /** False: the password was sealed with another SECRET and must be given again. */
  readonly readable: boolean;
  readonly phone: PhoneSight;
}
/** What is known of somebody's phone: `away`: no desk of theirs is open. */
export type PhoneSight = "ready" | "connecting" | "down" | "refused" | "away";

/** `POST /api/admin/phone/setup`; 409 when somebody else has saved since `based`. `turnSecret` left out stays as it is; null takes it away. */
export interface SavePhoneSetup { readonly based: number; readonly setup: PhoneSetup; readonly turnSecret?: string | null }

/** `POST /api/admin/phone/line`: gives somebody an account on the PBX, or (null) takes it away. A password is never given out again but to its owner. */
export interface SavePhoneLine { readonly person: string; readonly line: { readonly username: string; readonly password: string } | null }

/** `POST /api/admin/phone/lines`: a CSV as Base64. Without `commit`, or with any problem, nothing is taken in. */
export interface ImportPhoneLines { readonly file: string; readonly commit: boolean }
export interface ImportPhoneLinesResponse {
  /** Rows that are right, without their passwords. */
  readonly lines: readonly { readonly row: number; readonly email: string; readonly username: string }[];
  readonly problems: readonly LineProblem[];
  readonly committed: boolean;
}
/** `row`: the line of the file, counted from 1. */
export interface LineProblem {
  readonly row: number;
  readonly why: "columns" | "email" | "username" | "password" | "nobody" | "twice" | "sameLine" | "heading" | "empty" | "notText" | "openQuote" | "rounded";
  readonly email?: string;
}

/** `POST /api/admin/phone/test`: with the account of `person`, where one is named. */
export interface TestPhone { readonly servers: readonly string[]; readonly domain: string; readonly person?: string }
/** `iceServers`: as saved, with passwords of the asking admin, for the browser's own half of the test. */
export interface TestPhoneResponse { readonly servers: readonly ServerCheck[]; readonly iceServers: readonly IceServer[] }
