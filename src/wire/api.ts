import type { Language, Person } from "#domain/base/campaign.ts";
import type { DialPlan } from "#domain/phone/dialPlan.ts";
import type { Lease, Prospect } from "#domain/dialing/prospect.ts";
import type { HeardLine } from "#domain/practice/facts.ts";
import type { Handler } from "#domain/script/script.ts";

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
export interface LeaseResponse { readonly leases: readonly Lease[] }

/** `GET /api/prospects?ids=a,b` (lead): the people whom the team's calls name. At most 200 ids. */
export interface ProspectsResponse { readonly prospects: readonly Prospect[] }

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
