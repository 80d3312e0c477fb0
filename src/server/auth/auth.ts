import { randomUUID } from "node:crypto";
import { betterAuth } from "better-auth";
import type { Person } from "#domain/base/campaign.ts";
import type { PooledDatabase } from "#server/store/database.ts";
import { gathered } from "#server/store/gathered.ts";
import { fewAtOnce } from "./fewAtOnce.ts";
import { isOutdated, passwordHash, passwordMatches } from "./password.ts";
import { peopleOfSessions, renewHash } from "./peopleStore.ts";

/** Somebody who is signed in. */
export interface SignedIn {
  readonly person: Person;
  /** Id of the session, not its token. */
  readonly session: string;
  /** Set when the session was prolonged: to be sent along with the answer. */
  readonly cookies: readonly string[];
}

/** Sign-in by e-mail and password, kept in the database. The only file that knows how better-auth is set up. */
export interface Auth {
  /** Who sends these headers; undefined when nobody is signed in. */
  who(headers: Headers): Promise<SignedIn | undefined>;
  /** The answer to a sign-in, with the session cookie; 401 for a wrong password or an unknown person, after the same time. */
  signIn(body: { readonly email: string; readonly password: string }, headers: Headers): Promise<Response>;
  signOut(headers: Headers): Promise<Response>;
}

export interface AuthSettings {
  readonly secret: string;
  /** Cookies for https alone. */
  readonly secure: boolean;
  /** Hears what the library complains about. */
  readonly complaint: (message: string) => void;
}

const DAY = 86_400;

/** How long a cookie whose signature was good is not checked anew, ms; and how many such cookies are kept in mind. */
const CHECK_EVERY = 10 * 60_000;
const REMEMBERED = 10_000;

const text = (required = true) => ({ type: "string", required, input: false }) as const;

/** There is no sign-up: people are made by the demo's seed or by an admin. */
export function createAuth(db: PooledDatabase, settings: AuthSettings): Auth {
  const auth = betterAuth({
    appName: "Sufler",
    // Only paths and cookies are made from it: requests are checked against the trusted origins before they get here (origins.ts).
    baseURL: settings.secure ? "https://localhost" : "http://localhost",
    basePath: "/api/auth",
    secret: settings.secret,
    database: db.pool,
    emailAndPassword: {
      enabled: true, disableSignUp: true,
      password: {
        hash: passwordHash,
        async verify({ hash, password }) {
          const right = await passwordMatches(hash, password);
          // Only now, with the password at hand, can it be kept in today's way.
          if (right && isOutdated(hash)) await renewHash(db, hash, await passwordHash(password));
          return right;
        },
      },
    },
    user: {
      modelName: "person",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
      additionalFields: { role: text(), team: text(), language: text(), gender: text(), line: { ...text(), returned: false } },
    },
    session: {
      modelName: "session",
      fields: { userId: "person", expiresAt: "expires_at", ipAddress: "ip_address", userAgent: "user_agent", createdAt: "created_at", updatedAt: "updated_at" },
      expiresIn: 7 * DAY,
      updateAge: DAY,
    },
    account: {
      modelName: "account",
      fields: {
        userId: "person", accountId: "account_id", providerId: "provider_id", accessToken: "access_token", refreshToken: "refresh_token", idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at", refreshTokenExpiresAt: "refresh_token_expires_at", createdAt: "created_at", updatedAt: "updated_at",
      },
    },
    verification: { modelName: "verification", fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" } },
    // Ours is by account and socket address (signInLimits.ts); the built-in one is by a header that anybody can make up.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "error", log: (_level, message) => settings.complaint(message) },
    advanced: {
      cookiePrefix: "sufler",
      useSecureCookies: settings.secure,
      // The page is static and asks for everything with requests of its own, so even a link from a mail finds its session.
      defaultCookieAttributes: { sameSite: "strict", httpOnly: true, path: "/" },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => randomUUID() },
    },
  });

  // A check is dear on purpose: at nine o'clock fifty people wait a moment in line, and everybody else's requests do not.
  const hashing = fewAtOnce(3);

  /** Whose signature the library has checked lately: cookie header → session. Whether the session still holds is asked each time. */
  const checked = new Map<string, { readonly session: string; readonly until: number }>();

  const ofSession = gathered((sessions: readonly string[]) => peopleOfSessions(db, sessions));

  /** The library's own way: checks the signature and prolongs the session. Some milliseconds of work. */
  const whole = async (cookie: string): Promise<SignedIn | undefined> => {
    const { headers: answer, response } = await auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true });
    if (!response) return undefined;
    const { id, name, email, role, team, language, gender } = response.user;
    if (checked.size >= REMEMBERED) for (const oldest of checked.keys()) { checked.delete(oldest); break; }
    checked.set(cookie, { session: response.session.id, until: performance.now() + CHECK_EVERY });
    return { person: { id, name, email, role, team, language, gender } as Person, session: response.session.id, cookies: answer.getSetCookie() };
  };

  return {
    async who(headers) {
      const cookie = headers.get("cookie");
      if (cookie === null) return undefined;
      const known = checked.get(cookie);
      if (!known || known.until < performance.now()) {
        checked.delete(cookie);
        return whole(cookie);
      }
      const person = await ofSession(known.session);
      if (!person) checked.delete(cookie);
      return person && { person, session: known.session, cookies: [] };
    },
    signIn: ({ email, password }, headers) => hashing(() => auth.api.signInEmail({ body: { email, password }, headers, asResponse: true })),
    signOut: (headers) => auth.api.signOut({ headers, asResponse: true }),
  };
}
