import { expect, test } from "vitest";
import { elements } from "#server/switch/head.ts";
import type { SipRequest } from "#server/switch/message.ts";
import { readFrame } from "#server/switch/reading.ts";
import { recordRoute, route } from "#server/switch/route.ts";
import { domain } from "./kit.ts";

const between = recordRoute(domain, "aaa", "bbb");
const inner = between.slice(1, -1);

function request(target: string, routes: string[] = [], method = "INFO"): SipRequest {
  const text = [`${method} ${target} SIP/2.0`, "Via: SIP/2.0/WS x.invalid;branch=z9hG4bKx", "From: <sip:a@x>;tag=1", "To: <sip:b@x>", "Call-ID: c", `CSeq: 1 ${method}`, ...routes.map((one) => `Route: ${one}`), "", ""].join("\r\n");
  const reading = readFrame(text, false, 9999);
  if (reading.kind !== "request") throw new Error(JSON.stringify(reading));
  return reading;
}

test.each<[string, string, string[], string, object, string[]]>([
  ["our address alone", `sip:${domain}`, [], "me", { kind: "self" }, []],
  ["our address in capitals, with a port", `sip:${domain.toUpperCase()}:5080`, [], "me", { kind: "self" }, []],
  ["a user of ours", `sip:bob@${domain}`, [], "me", { kind: "user", user: "bob" }, []],
  ["an escaped user", `sip:%62ob@${domain}`, [], "me", { kind: "user", user: "bob" }, []],
  ["a contact", "sip:x@y.invalid;transport=ws", [], "me", { kind: "contact", uri: { host: "y.invalid", user: "x" } }, []],
  ["along a dialog, from the caller", "sip:x@y.invalid", [between], "aaa", { kind: "leg", flowId: "bbb" }, []],
  ["along a dialog, from the one called", "sip:x@y.invalid", [between], "bbb", { kind: "leg", flowId: "aaa" }, []],
  ["with further routes behind", "sip:x@y.invalid", [`${between}, <sip:p@q;lr>`], "bbb", { kind: "leg", flowId: "aaa" }, ["<sip:p@q;lr>"]],
  ["along another's dialog", "sip:x@y.invalid", [between], "me", { kind: "refused", status: 403 }, []],
  ["an outbound proxy by our address", `sip:bob@${domain}`, ["<sip:10.0.0.1:7000;transport=ws;lr>"], "me", { kind: "user", user: "bob" }, []],
  ["a foreign route", `sip:bob@${domain}`, ["<sip:gw@gw.test;lr>"], "me", { kind: "refused", status: 403 }, ["<sip:gw@gw.test;lr>"]],
  ["our Record-Route under a foreign host", "sip:x@y.invalid", [between.replace(domain, "gw.test")], "aaa", { kind: "refused", status: 403 }, [between.replace(domain, "gw.test")]],
  ["a route that is none", `sip:bob@${domain}`, ["bob"], "me", { kind: "refused", status: 400 }, ["bob"]],
])("%s", (_what, target, routes, leg, destination, left) => {
  const found = route(request(target, routes), domain, new Set([leg]));
  expect(found.destination).toMatchObject(destination);
  expect(elements(found.head, "route")).toEqual(left);
  expect(found.target).toBe(target);
});

test("a strict router put our Record-Route into the Request-URI: the last Route was the target (RFC 3261 16.4)", () => {
  const found = route(request(inner, ["<sip:x@y.invalid;ob>"]), domain, new Set(["aaa"]));
  expect(found.destination).toEqual({ kind: "leg", flowId: "bbb" });
  expect(found.target).toBe("sip:x@y.invalid;ob");
  expect(elements(found.head, "route")).toEqual([]);
});

test("REGISTER is for the registrar, whatever user its Request-URI names", () => {
  expect(route(request(`sip:bob@${domain}`, [], "REGISTER"), domain, new Set()).destination).toEqual({ kind: "self" });
});
