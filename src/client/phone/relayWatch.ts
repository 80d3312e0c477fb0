/** What is wrong with the relay for the sound (TURN), as far as a prepared call has found out. */
export type RelayFault = "refused" | "unreachable";

/**
 * Tells what came of asking the relay for an address, whenever the browser has asked: undefined when it gave one.
 * Nothing is told where no relay is set.
 */
export function watchRelay(connection: RTCPeerConnection, servers: readonly RTCIceServer[], tell: (fault: RelayFault | undefined) => void): void {
  if (!servers.some(({ urls }) => [urls].flat().some(isRelay))) return;
  let given = false;
  let refused = false;
  connection.addEventListener("icecandidateerror", ({ url, errorCode }) => {
    // 401, 403, 437 and 441 are answers of the relay (RFC 8656 section 19); 701 means that none came (W3C webrtc-pc 4.8.2).
    if (!isRelay(url ?? "") || errorCode >= 700) return;
    refused = true;
    if (!given) tell("refused");
  });
  connection.addEventListener("icecandidate", ({ candidate }) => {
    if (candidate?.type !== "relay" || given) return;
    given = true;
    tell(undefined);
  });
  connection.addEventListener("icegatheringstatechange", () => {
    if (connection.iceGatheringState === "complete" && !given && !refused) tell("unreachable");
  });
}

const isRelay = (url: string): boolean => /^turns?:/i.test(url);
