import type { Phone } from "#client/phone/phone.ts";
import type { Live } from "#client/sync/live.ts";

/** Tells the server how this desk's phone is, so that an admin sees whose line is registered. Returns how to stop. */
export function reportLine(live: Live, phone: Pick<Phone, "line">): () => void {
  let told = "";
  const tell = (): void => {
    const { state } = phone.line.getState();
    if (live.state.getState() !== "open") told = "";
    else if (state !== "off" && state !== told && live.send({ t: "line", state })) told = state;
  };
  tell();
  const stops = [phone.line.subscribe(tell), live.state.subscribe(tell)];
  return () => { for (const stop of stops) stop(); };
}
