/** REGISTER (RFC 3261 10.3, RFC 5626 6). */
import { authenticate } from "./access.ts";
import type { AccessWorld } from "./access.ts";
import type { Binding, Bindings } from "./bindings.ts";
import type { Calls } from "./calls.ts";
import type { Flow } from "./flow.ts";
import { elements, values } from "./head.ts";
import { expiry, register } from "./register.ts";
import type { Served } from "./transactions.ts";

export interface RegistrarWorld extends AccessWorld {
  readonly bindings: Bindings;
  readonly calls: Calls;
  readonly flow: (id: string) => Flow | undefined;
}

export async function serveRegister(world: RegistrarWorld, served: Served): Promise<void> {
  const { flow, request } = served;
  const line = await authenticate(world, served);
  if (line === undefined) return;
  const { from, to } = request;
  const own = to.uri.user === line && to.uri.host.toLowerCase() === world.domain.toLowerCase() && from.uri.user === line;
  if (!own) return served.reply(403, { reason: "Not Your Line" });

  const now = world.now();
  const before = world.bindings.of(line, now);
  const outcome = register(before, {
    contacts: request.contacts, everyContact: request.everyContact, expires: values(request.head, "expires")[0],
    callId: request.callId, cseq: request.cseq, flowId: flow.id, now, most: world.limits.bindings,
  });
  if (!outcome.ok) {
    const lines = outcome.status === 423 ? [{ name: "Min-Expires", value: String(expiry.least) }] : [];
    return served.reply(outcome.status, { reason: outcome.why, lines });
  }
  world.bindings.set(line, outcome.bindings);
  for (const binding of outcome.bindings.filter((one) => one.flowId === flow.id)) {
    const replaced = before.find((one) => one.key === binding.key && one.flowId !== flow.id);
    // The client is here now; its old socket, half open as a rule, has no more to say (RFC 5626 6).
    const old = replaced && world.flow(replaced.flowId);
    if (old) {
      world.calls.takeOver(old, flow);
      old.close(1000, "replaced by a newer connection");
    }
    world.calls.cameBack(flow, `${line} ${binding.key}`);
  }
  const outbound = elements(request.head, "supported").includes("outbound")
    && outcome.bindings.some((one) => one.flowId === flow.id && one.contact.params["reg-id"]);
  served.reply(200, {
    lines: [
      ...outcome.bindings.map((binding) => ({ name: "Contact", value: contactValue(binding, now) })),
      ...(outbound ? [{ name: "Require", value: "outbound" }] : []),
      { name: "Supported", value: "path, outbound" },
    ],
  });
}

function contactValue(binding: Binding, now: number): string {
  const kept = ["+sip.instance", "reg-id"].flatMap((name) => {
    const value = binding.contact.params[name];
    return value ? [`;${name}=${value}`] : [];
  });
  return `<${binding.contact.text}>${kept.join("")};expires=${Math.max(0, Math.round((binding.expiresAt - now) / 1000))}`;
}
