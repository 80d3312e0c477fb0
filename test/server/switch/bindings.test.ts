import { expect, test } from "vitest";
import type { Binding } from "#server/switch/bindings.ts";
import type { ContactField } from "#server/switch/message.ts";
import { register } from "#server/switch/register.ts";
import type { Registering } from "#server/switch/register.ts";

const contact = (user: string, params: ContactField["params"] = {}, scheme = "sip"): ContactField => ({ text: `${scheme}:${user}@x.invalid`, uri: { scheme, user, host: "x.invalid", params: {} }, params });
const wish = (more: Partial<Registering>): Registering => ({ contacts: [], everyContact: false, expires: undefined, callId: "call", cseq: 2, flowId: "flow", now: 0, most: 3, ...more });
const instance = (id: string) => ({ "+sip.instance": `"<urn:uuid:${id}>"`, "reg-id": "1" });

function after(...wishes: Partial<Registering>[]): string[] | string {
  let bindings: readonly Binding[] = [];
  for (const one of wishes) {
    const outcome = register(bindings, wish(one));
    if (!outcome.ok) return `${outcome.status} ${outcome.why}`;
    bindings = outcome.bindings;
  }
  return bindings.map((binding) => `${binding.contact.text} until ${binding.expiresAt / 1000}`);
}

const [a, b] = [contact("a"), contact("b")];
const at = (port: number): ContactField => ({ text: `sip:a@x.invalid:${port}`, uri: { scheme: "sip", user: "a", host: "x.invalid", port, params: {} }, params: {} });
test.each<[string, Partial<Registering>[], string[] | string]>([
  ["an hour, when nothing is said", [{ contacts: [a] }], ["sip:a@x.invalid until 3600"]],
  ["the header's time", [{ contacts: [a], expires: "60" }], ["sip:a@x.invalid until 60"]],
  ["the Contact's time before the header's", [{ contacts: [contact("a", { expires: "90" }), b], expires: "60" }], ["sip:a@x.invalid until 90", "sip:b@x.invalid until 60"]],
  ["an hour, when nonsense is said", [{ contacts: [a], expires: "soon" }], ["sip:a@x.invalid until 3600"]],
  ["an hour at most", [{ contacts: [a], expires: "99999999999999999999" }], ["sip:a@x.invalid until 3600"]],
  ["too short a time is refused", [{ contacts: [a], expires: "9" }], "423 Interval Too Brief"],
  ["a second contact beside the first", [{ contacts: [a] }, { contacts: [b] }], ["sip:a@x.invalid until 3600", "sip:b@x.invalid until 3600"]],
  ["the same contact again takes its place", [{ contacts: [a] }, { contacts: [a], cseq: 3, expires: "60" }], ["sip:a@x.invalid until 60"]],
  ["the same at another port is another telephone", [{ contacts: [at(5060)] }, { contacts: [at(5062)], callId: "new" }], ["sip:a@x.invalid:5060 until 3600", "sip:a@x.invalid:5062 until 3600"]],
  ["another contact of the same instance takes its place", [{ contacts: [contact("a", instance("1"))] }, { contacts: [contact("b", instance("1"))], callId: "new" }], ["sip:b@x.invalid until 3600"]],
  ["another instance does not", [{ contacts: [contact("a", instance("1"))] }, { contacts: [contact("b", instance("2"))], callId: "new" }], ["sip:a@x.invalid until 3600", "sip:b@x.invalid until 3600"]],
  ["0 takes one away", [{ contacts: [a, b] }, { contacts: [a], expires: "0", cseq: 3 }], ["sip:b@x.invalid until 3600"]],
  ["star with 0 takes all away", [{ contacts: [a, b] }, { everyContact: true, expires: "0", cseq: 3 }], []],
  ["star without 0", [{ contacts: [a] }, { everyContact: true, cseq: 3 }], "400 Star Needs Expires 0"],
  ["star beside a contact", [{ everyContact: true, contacts: [a], expires: "0" }], "400 Star Needs Expires 0"],
  ["an older REGISTER of the same call", [{ contacts: [a], cseq: 5 }, { contacts: [a], cseq: 4 }], "500 REGISTER Out Of Order"],
  ["an older star of the same call", [{ contacts: [a], cseq: 5 }, { everyContact: true, expires: "0", cseq: 4 }], "500 REGISTER Out Of Order"],
  ["an older number of another call", [{ contacts: [a], cseq: 5 }, { contacts: [a], cseq: 4, callId: "new", expires: "60" }], ["sip:a@x.invalid until 60"]],
  ["a contact that is not SIP", [{ contacts: [contact("a", {}, "http")] }], "400 Contact Not SIP"],
  ["too many", [{ contacts: [a, b, contact("c"), contact("d")] }], "403 Too Many Registrations"],
])("%s", (_title, wishes, expected) => {
  expect(after(...wishes)).toEqual(expected);
});
