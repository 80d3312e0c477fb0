import type { Description } from "#wire/live.ts";

/** How long to wait for candidates, milliseconds; those that are there by then must do. */
const GATHER_AT_MOST = 2000;

/** Makes the offer or answer that is due and waits for its candidates: one message each way is all the signalling there is. */
export async function describe(connection: RTCPeerConnection): Promise<Description> {
  await connection.setLocalDescription();
  await new Promise<void>((resolve) => {
    if (connection.iceGatheringState === "complete") return resolve();
    const timer = setTimeout(resolve, GATHER_AT_MOST);
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    });
  });
  const description = connection.localDescription;
  if (!description) throw new Error("The connection was closed while it was described");
  return { type: description.type === "offer" ? "offer" : "answer", sdp: description.sdp };
}
