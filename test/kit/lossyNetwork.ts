import { Socket } from "node:dgram";

/**
 * A network that loses sound: of the packets of RTP and RTCP (RFC 7983: a first byte from 128 to 191) that this process
 * sends or gets over UDP, the given part is lost on the way, evenly. What is at the far end of a page's call lives in
 * this process, so to the page it is the network. Connectivity checks and keys pass.
 */
export function loseSound({ sent = 0, got = 0 }: { readonly sent?: number; readonly got?: number }): { mend(): void } {
  const proto = Socket.prototype as unknown as { send: (...given: unknown[]) => unknown; emit: (...given: unknown[]) => boolean };
  const { send, emit } = proto;
  const debt = { sent: 0, got: 0 };
  const lost = (way: "sent" | "got", part: number, packet: unknown): boolean => {
    const first = Buffer.isBuffer(packet) || packet instanceof Uint8Array ? packet[0] ?? 0 : 0;
    if (first < 128 || first > 191) return false;
    debt[way] += part;
    if (debt[way] < 1) return false;
    debt[way] -= 1;
    return true;
  };
  proto.send = function lossySend(this: unknown, ...given) {
    if (!lost("sent", sent, given[0])) return send.apply(this, given);
    const done = given.at(-1);
    if (typeof done === "function") queueMicrotask(() => { (done as () => void)(); });
    return undefined;
  };
  proto.emit = function lossyEmit(this: unknown, ...given) {
    return given[0] === "message" && lost("got", got, given[1]) ? true : emit.apply(this, given);
  };
  return { mend() { Object.assign(proto, { send, emit }); } };
}
