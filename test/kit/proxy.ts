import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A wire between two programs that a test can cut, freeze and mend: faults that come from outside the page. */
export interface Wire {
  readonly port: number;
  /** Where a browser finds what is at the far end. */
  readonly url: string;
  /** What the far end answers is lost on the way, until `mend`; what is sent to it arrives. */
  swallowAnswers(): void;
  /** Ends all connections; new ones are refused until `mend`. */
  cut(): void;
  /** Nothing passes any more, and nobody is told: a network that has silently gone. New connections freeze too. */
  freeze(): void;
  /** As `freeze`, and when one end closes the other is not told either: a computer that was unplugged. */
  vanish(): void;
  /** Whole again, perhaps with something else at its end. */
  mend(to?: number): void;
  close(): Promise<void>;
}

/** @param port on loopback, at the far end */
export async function openWire(port: number): Promise<Wire> {
  let to = port;
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: "whole" | "cut" | "frozen" | "gone" | "oneWay" = "whole";
  const server = createServer((near) => {
    if (state === "cut") return void near.destroy();
    const far = connect(to, "127.0.0.1");
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, onto] of [[near, far], [far, near]] as const) {
      from.on("data", (data) => { if (state !== "frozen" && state !== "gone" && !(state === "oneWay" && from === far)) onto.write(data); });
      from.on("error", () => undefined);
      from.on("close", () => {
        if (state === "gone") return;
        pairs.delete(pair);
        onto.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const end = () => { for (const [near, far] of pairs) { near.destroy(); far.destroy(); } };
  const here = (server.address() as AddressInfo).port;
  return {
    port: here,
    url: `http://127.0.0.1:${here}`,
    swallowAnswers() { state = "oneWay"; },
    cut() { state = "cut"; end(); },
    freeze() { state = "frozen"; },
    vanish() { state = "gone"; },
    // What was swallowed while frozen is lost, so those connections are of no use any more; their owners find that out.
    mend(next = to) {
      to = next;
      state = "whole";
    },
    close: () => new Promise((resolve) => { end(); server.close(() => resolve()); }),
  };
}
