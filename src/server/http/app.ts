import type { HttpBindings } from "@hono/node-server";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { RequestListener } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { mayAct, type OriginRules } from "#server/auth/origins.ts";
import type { SignedIn } from "#server/auth/auth.ts";
import type { Log } from "#server/log.ts";
import { addressOf, seenAs, type ProxyRules } from "./client.ts";
import { problem, type Handlers, type Reply, type Request } from "./handlers.ts";
import { readBody } from "./readBody.ts";
import { routes, type Route, type RouteName } from "./routes.ts";
import { securityHeaders, type HeaderRules } from "./securityHeaders.ts";
import { socketPaths } from "./upgrade.ts";
import { accepts, type StaticFiles } from "./staticFiles.ts";

const zip = promisify(gzip);

export interface AppDeps {
  readonly handlers: Handlers;
  readonly who: (headers: Headers) => Promise<SignedIn | undefined>;
  readonly demo: boolean;
  /** Asked at each request, because the port may be known only once the server listens. */
  readonly origins: () => OriginRules;
  readonly proxy: ProxyRules;
  readonly headers: HeaderRules;
  readonly files: StaticFiles;
  readonly log: Log;
}

/** The server's HTTP: every row of the table behind the same door (origin, sign-in, rights, size, shape), then the page's files. */
export function createApp(deps: AppDeps): RequestListener {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.use(async (c, next) => {
    const started = performance.now();
    await next();
    for (const [name, value] of Object.entries(securityHeaders(deps.headers, seenAs(c.env.incoming, deps.proxy)))) c.res.headers.set(name, value);
    // Paths hold no personal data, queries may: only the path of a known endpoint is told.
    if (c.req.path.startsWith("/api/") || c.res.status >= 500) deps.log.info(`${c.req.method} ${known(c.req.path)} ${c.res.status} ${Math.round(performance.now() - started)} ms`);
  });

  for (const name of Object.keys(routes) as RouteName[]) {
    const route: Route = routes[name];
    app.on(route.method, route.path, async (c) => answer(await serve(deps, name, c.req.raw, c.env), c.req.raw.headers));
  }
  // Every other method of these paths (RFC 9110 section 15.5.6).
  for (const path of paths) app.all(path, async (c) => answer(deps.demo || !ofDemo.has(path) ? otherMethod(methodsOf(path)) : problem(404, "notFound"), c.req.raw.headers));
  // Comes here only when a proxy in front has taken the Upgrade away: not found would send its admin looking in the wrong place (RFC 9110 section 15.5.22).
  for (const path of socketPaths) app.get(path, async (c) => answer(problem(426, "upgrade", undefined, { upgrade: "websocket", connection: "upgrade" }), c.req.raw.headers));
  app.all("/api/*", async (c) => answer(problem(404, "notFound"), c.req.raw.headers));
  app.all("*", async (c) => {
    const file = await deps.files.answer(c.req.path, c.req.raw.headers);
    if (file && (c.req.method === "GET" || c.req.method === "HEAD")) return file;
    return answer(file ? otherMethod(methodsOf(undefined)) : problem(404, "notFound"), c.req.raw.headers);
  });
  app.onError((error, c) => {
    deps.log.trouble(`${c.req.method} ${known(c.req.path)} failed`, error);
    return answer(problem(500, "trouble"), c.req.raw.headers);
  });
  // A request of HTTP/1.0 need not name a host, and a balancer's probe does not.
  const listener = getRequestListener((request, env) => app.fetch(request, env as HttpBindings), { overrideGlobalObjects: false, hostname: "localhost" });
  return (request, response) => {
    // Two servers in a row that each believe another one would not see the same request (RFC 9112 section 3.2).
    if (request.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length < 2) return void listener(request, response);
    response.writeHead(400, { connection: "close", "content-length": 0 }).end();
  };
}

const table: readonly Route[] = Object.values(routes);
const paths = new Set(table.map(({ path }) => path));
const ofDemo = new Set(table.filter(({ access }) => access === "demo").map(({ path }) => path));
/** What a path, or undefined for the page's files, can be asked by. */
const methodsOf = (path: string | undefined): readonly string[] =>
  (path === undefined ? ["GET"] : table.filter((route) => route.path === path).map(({ method }) => method)).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
const otherMethod = (allowed: readonly string[]): Reply => problem(405, "method", undefined, { allow: allowed.join(", ") });
const known = (path: string): string => (paths.has(path) ? path : "(another path)");

/** The one door: what does not pass never reaches a handler. */
async function serve(deps: AppDeps, name: RouteName, raw: globalThis.Request, { incoming }: HttpBindings): Promise<Reply> {
  const route: Route = routes[name];
  const { headers } = raw;
  if (route.access === "demo" && !deps.demo) return problem(404, "notFound");
  const sender = { origin: headers.get("origin") ?? undefined, site: headers.get("sec-fetch-site") ?? undefined, host: headers.get("host") ?? undefined };
  if (route.method !== "GET" && !mayAct(sender, deps.origins())) return problem(403, "origin");

  const signedIn = typeof route.access === "string" ? undefined : await deps.who(headers);
  if (typeof route.access !== "string") {
    if (!signedIn) return problem(401, "signedOut");
    if (!route.access.includes(signedIn.person.role)) return problem(403, "role");
  }

  let body: unknown;
  if (route.body) {
    const read = await readBody(incoming, route.maxBytes ?? 64 * 1024);
    // The rest of a body that is too large is not read: the connection cannot be used again.
    if (!read.ok) return problem(read.status, read.why, undefined, { connection: "close", ...(read.why === "encoding" ? { "accept-encoding": "identity" } : {}) });
    const parsed = route.body.safeParse(read.body);
    if (!parsed.success) return problem(400, "shape", whereOf(parsed.error.issues));
    body = parsed.data;
  }
  let query: unknown;
  if (route.query) {
    const parsed = route.query.safeParse(Object.fromEntries(new URL(raw.url).searchParams));
    if (!parsed.success) return problem(400, "shape", whereOf(parsed.error.issues));
    query = parsed.data;
  }
  // The table and `Handlers` are one by type; the loop over the names is where TypeScript cannot follow.
  const handler = deps.handlers[name] as (request: Request<RouteName>) => Promise<Reply> | Reply;
  const reply = await handler({ body, query, signedIn, headers, address: addressOf(incoming, deps.proxy), seenAs: seenAs(incoming, deps.proxy) } as Request<RouteName>);
  if (!signedIn || signedIn.cookies.length === 0) return reply;
  const response = await answer(reply, headers);
  for (const cookie of signedIn.cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** Where the shape is wrong, never what stood there. */
function whereOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): string {
  return issues.slice(0, 3).map((issue) => issue.path.map(String).join(".") || "(whole)").join(", ");
}

async function answer(reply: Reply, asked: Headers): Promise<Response> {
  if (reply instanceof Response) return reply;
  const text = JSON.stringify(reply.body);
  const headers = new Headers({ "content-type": "application/json", "cache-control": "no-store", ...reply.headers });
  if (text.length < 2048 || !accepts(asked, "gzip")) return new Response(text, { status: reply.status, headers });
  headers.set("content-encoding", "gzip");
  headers.set("vary", "accept-encoding");
  return new Response(await zip(text, { level: 3 }), { status: reply.status, headers });
}
