import { z } from "zod";
import type { Route } from "./routes.ts";

/** The table of endpoints as OpenAPI 3.1. Answers are told in words: their types live in the wire's TypeScript alone. */
export function openapi(table: Readonly<Record<string, Route>>, version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(table)) {
    const signedIn = typeof route.access !== "string";
    (paths[route.path] ??= {})[route.method.toLowerCase()] = {
      operationId: name,
      summary: route.summary,
      ...(typeof route.access === "string" ? {} : { description: `For: ${route.access.join(", ")}.` }),
      security: signedIn ? [{ session: [] }] : [],
      ...(route.query ? { parameters: parameters(route.query) } : {}),
      ...(route.body ? { requestBody: { required: true, content: { "application/json": { schema: schema(route.body) } } } } : {}),
      responses: {
        200: { description: route.answers, content: { "application/json": {} } },
        ...(route.body || route.query ? { 400: problem("the request has the wrong shape") } : {}),
        ...(signedIn ? { 401: problem("nobody is signed in") } : {}),
        ...(signedIn || route.method !== "GET" ? { 403: problem("the role has no right to this, or a foreign page asks") } : {}),
        ...(route.body ? { 413: problem("the body is too large"), 415: problem("the body is no JSON") } : {}),
        ...Object.fromEntries(Object.entries(route.refuses ?? {}).map(([status, why]) => [status, problem(why)])),
      },
    };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Sufler", version },
    paths,
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "sufler.session_token" } },
      schemas: { Problem: { type: "object", properties: { why: { type: "string" }, detail: { type: "string" } }, required: ["why"] } },
    },
  };
}

const problem = (description: string): unknown => ({ description, content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } } });

function schema(type: z.ZodType): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io: "input", unrepresentable: "any" });
  return rest;
}

function parameters(type: z.ZodType): unknown {
  const { properties = {}, required = [] } = z.toJSONSchema(type, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([name, one]) => ({ name, in: "query", required: required.includes(name), schema: one }));
}
