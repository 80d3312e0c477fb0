import type { CheckStep, ServerCheck } from "#wire/phoneCheck.ts";
import type { Line } from "../lineStore.ts";
import { certificate, find, knock } from "./reach.ts";
import { register, upgrade } from "./speak.ts";

export interface Checked {
  /** ws or wss. */
  readonly server: string;
  readonly domain: string;
  /** Without a line the test ends with the open socket. */
  readonly line: Line | undefined;
  /** As a browser would name the page that asks. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What a browser cannot tell of a PBX (all its failures look alike, code 1006): name, port, certificate, WebSocket, password,
 * each by itself. Ends at the first fault that makes the next step senseless. Never throws; repeats nothing that the server sent.
 */
export async function checkServer({ server, domain, line, origin, now }: Checked): Promise<ServerCheck> {
  const url = new URL(server);
  const tls = url.protocol === "wss:";
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port);
  const steps: CheckStep[] = [];
  const found = await find(url.hostname);
  if (!found.ok) return { server, steps: [found.step] };
  steps.push({ step: "name", ok: true });
  const open = await knock(found.address, port);
  steps.push(open);
  if (!open.ok) return { server, steps };
  if (tls) {
    const shown = await certificate(found.address, port, url.hostname, now);
    steps.push(shown);
    if (!shown.ok && shown.fault === "noTls") return { server, steps };
  }
  const { step, socket } = await upgrade(server, found.address, origin);
  steps.push(step);
  if (!socket) return { server, steps };
  // A password is not proved to somebody whose certificate shows another name or none that can be believed.
  if (line && !steps.some((one) => !one.ok)) steps.push(await register(socket, domain, line));
  socket.terminate();
  return { server, steps };
}
