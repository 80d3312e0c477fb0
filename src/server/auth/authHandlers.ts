import type { Person } from "#domain/base/campaign.ts";
import { Json, problem, type Handlers, type Reply } from "#server/http/handlers.ts";
import type { News } from "#server/live/news.ts";
import type { Database } from "#server/store/database.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { DemoPeopleResponse, MeResponse } from "#wire/api.ts";
import type { Auth } from "./auth.ts";
import { people } from "./peopleStore.ts";
import type { SignInLimits } from "./signInLimits.ts";

export interface AuthHandlerDeps {
  readonly auth: Auth;
  readonly db: Database;
  readonly limits: SignInLimits;
  readonly news: News;
  /** Hears of a sign-out, with the person's id. */
  readonly left: (person: string) => Promise<void>;
  /** null when this is not a demo */
  readonly demoPassword: string | null;
}

type Names = "signIn" | "signOut" | "session" | "demoPeople" | "demoSignIn" | "me";

/** Sign-in, sign-out, and who is there. */
export function authHandlers(deps: AuthHandlerDeps): Pick<Handlers, Names> {
  const { auth, limits, db, news } = deps;

  const enter = async (email: string, password: string, headers: Headers, address: string): Promise<Reply> => {
    const account = email.toLowerCase();
    const wait = await limits.begin(account, address);
    if (wait > 0) return problem(429, "tooMany", undefined, { "retry-after": String(wait) });
    const response = await auth.signIn({ email: account, password }, headers);
    if (response.status >= 500) return problem(500, "trouble");
    if (!response.ok) return problem(401, "wrong");
    await limits.succeeded(account, address);
    // Only the cookie holds the session's token: a script in the page could read an answer.
    return withCookies(new Json({ ok: true }), response);
  };

  return {
    signIn: ({ body, headers, address }) => enter(body.email, body.password, headers, address),
    async demoSignIn({ body, headers, address }) {
      const email = body.email.toLowerCase();
      return deps.demoPassword === null ? problem(404, "notFound") : enter(email, deps.demoPassword, headers, address);
    },
    async signOut({ headers }) {
      const signedIn = await auth.who(headers);
      const response = await auth.signOut(headers);
      if (signedIn) {
        await news.post(db, { of: "session", ended: signedIn.session });
        news.tell({ of: "session", ended: signedIn.session });
        await deps.left(signedIn.person.id);
      }
      return withCookies(new Json({ ok: true }), response);
    },
    async session({ headers }) {
      const signedIn = await auth.who(headers);
      return new Json(signedIn ? { session: { id: signedIn.session }, user: signedIn.person } : null);
    },
    async demoPeople() {
      // Who was added to the demo later has a password of their own and is not offered.
      const all = (await people(db)).filter((one) => one.email.endsWith("@demo.example"));
      return new Json({ people: all.map(({ name, email, role }) => ({ name, email, role })).sort(byRole) } satisfies DemoPeopleResponse);
    },
    me: ({ signedIn }) => new Json({ person: signedIn.person, protocol: PROTOCOL } satisfies MeResponse),
  };
}

const order: readonly Person["role"][] = ["agent", "lead", "editor", "closer", "admin"];
const byRole = (a: Pick<Person, "role" | "email">, b: Pick<Person, "role" | "email">): number => order.indexOf(a.role) - order.indexOf(b.role) || (a.email < b.email ? -1 : 1);

function withCookies(json: Json, from: Response): Response {
  const headers = new Headers({ "content-type": "application/json", "cache-control": "no-store" });
  for (const cookie of from.headers.getSetCookie()) headers.append("set-cookie", cookie);
  return new Response(JSON.stringify(json.body), { status: json.status, headers });
}
