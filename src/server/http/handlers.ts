import type { z } from "zod";
import type { Problem } from "#wire/api.ts";
import type { SignedIn } from "#server/auth/auth.ts";
import type { RouteName, routes } from "./routes.ts";

type Of<Name extends RouteName> = (typeof routes)[Name];
type Parsed<R, Part extends "body" | "query"> = R extends { readonly [P in Part]: infer S extends z.ZodType } ? z.output<S> : undefined;

/** A request that has passed origin, sign-in, rights, size and shape. */
export interface Request<Name extends RouteName> {
  readonly body: Parsed<Of<Name>, "body">;
  readonly query: Parsed<Of<Name>, "query">;
  /** Somebody is signed in wherever the table says so. */
  readonly signedIn: Of<Name>["access"] extends string ? undefined : SignedIn;
  readonly headers: Headers;
  /** Of the socket, or as the trusted proxy tells. */
  readonly address: string;
  /** How the browser sees this server. */
  readonly seenAs: SeenAs;
}

export interface SeenAs { readonly host: string; readonly secure: boolean }

/** What a handler gives back: JSON with 200, JSON with a status of its own, or a whole response. */
export type Reply = Response | Json;
export class Json {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}

/** A refused request. */
export function problem(status: number, why: string, detail?: string, headers?: Readonly<Record<string, string>>): Json {
  return new Json({ why, ...(detail === undefined ? {} : { detail }) } satisfies Problem, status, headers);
}

export type Handler<Name extends RouteName> = (request: Request<Name>) => Promise<Reply> | Reply;
/** Every row of the table has a handler, or it does not compile. */
export type Handlers = { readonly [Name in RouteName]: Handler<Name> };
