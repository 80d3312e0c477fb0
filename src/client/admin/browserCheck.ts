/** What this browser, on this network, finds by itself: the half of "test the connection" that no server can see. */
export type BrowserStep =
  | { readonly what: "microphone"; readonly ok: true }
  | { readonly what: "microphone"; readonly ok: false; readonly fault: "denied" | "missing" | "busy" }
  | { readonly what: "socket"; readonly server: string; readonly ok: true }
  /** `policy`: the page was loaded before this server was saved; `localNetwork`: the browser wants to be asked first. */
  | { readonly what: "socket"; readonly server: string; readonly ok: false; readonly fault: "closed" | "policy" | "localNetwork" }
  | { readonly what: "media"; readonly ok: boolean }
  | { readonly what: "relay"; readonly ok: true }
  | { readonly what: "relay"; readonly ok: false; readonly fault: "unreachable" | "refused" };

const PATIENCE = 8_000;

/** @param iceServers with passwords of this person's own; the relay is tested only when there is one among them */
export async function checkBrowser(servers: readonly string[], iceServers: readonly RTCIceServer[]): Promise<readonly BrowserStep[]> {
  const relays = iceServers.filter(({ urls }) => [urls].flat().some((url) => url.startsWith("turn")));
  const microphone = await checkMicrophone();
  const rest = await Promise.all([...servers.map(checkSocket), checkMedia(), ...(relays.length > 0 ? [checkRelay(relays)] : [])]);
  return [microphone, ...rest];
}

async function checkMicrophone(): Promise<BrowserStep> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of stream.getTracks()) track.stop();
    return { what: "microphone", ok: true };
  } catch (error) {
    // Media Capture and Streams, section 9.2; without a secure context there are no devices to ask.
    const name = error instanceof DOMException ? error.name : "NotAllowedError";
    const fault = name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : name === "NotReadableError" || name === "AbortError" ? "busy" : "denied";
    return { what: "microphone", ok: false, fault };
  }
}

function checkSocket(server: string): Promise<BrowserStep> {
  return new Promise((resolve) => {
    let refusedByPage = false;
    const blocked = ({ blockedURI }: SecurityPolicyViolationEvent): void => { refusedByPage ||= sameOrigin(blockedURI, server); };
    document.addEventListener("securitypolicyviolation", blocked);
    const end = (opened: boolean, asked = false): void => {
      clearTimeout(timer);
      socket?.close();
      // The browser tells of its refusal by an event of its own, which may come last.
      setTimeout(() => {
        document.removeEventListener("securitypolicyviolation", blocked);
        if (opened) resolve({ what: "socket", server, ok: true });
        else void localNetworkDenied(asked).then((denied) => resolve({ what: "socket", server, ok: false, fault: refusedByPage ? "policy" : denied ? "localNetwork" : "closed" }));
      }, 50);
    };
    // Nothing at all for so long may be a question that waits for its answer.
    const timer = setTimeout(() => end(false, true), PATIENCE);
    let socket: WebSocket | undefined;
    try {
      socket = new WebSocket(server, "sip");
      socket.onopen = () => end(true);
      socket.onerror = () => end(false);
    } catch {
      end(false); // an unencrypted address on an encrypted page
    }
  });
}

function sameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}

/** Chromium asks people before a page may reach the company's own network (Local Network Access); other browsers know no such permission. */
async function localNetworkDenied(mayBeAsking: boolean): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: "local-network-access" as PermissionName });
    return state === "denied" || (mayBeAsking && state === "prompt");
  } catch {
    return false;
  }
}

/** Whether two ends in this browser find each other at all: some companies forbid WebRTC. */
async function checkMedia(): Promise<BrowserStep> {
  if (!("RTCPeerConnection" in window)) return { what: "media", ok: false };
  const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
  try {
    one.createDataChannel("check");
    one.onicecandidate = ({ candidate }) => void (candidate && other.addIceCandidate(candidate).catch(() => undefined));
    other.onicecandidate = ({ candidate }) => void (candidate && one.addIceCandidate(candidate).catch(() => undefined));
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription ?? { type: "offer", sdp: "" });
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription ?? { type: "answer", sdp: "" });
    const ok = await until(PATIENCE, (done) => { one.onconnectionstatechange = () => { if (one.connectionState === "connected") done(); }; });
    return { what: "media", ok };
  } catch {
    return { what: "media", ok: false };
  } finally {
    one.close();
    other.close();
  }
}

/** Whether the relay gives this browser an address. */
async function checkRelay(iceServers: readonly RTCIceServer[]): Promise<BrowserStep> {
  const connection = new RTCPeerConnection({ iceServers: [...iceServers], iceTransportPolicy: "relay" });
  let refused = false;
  try {
    connection.createDataChannel("check");
    // 401, 403, 437 and 441 are answers of the relay (RFC 8656 section 19); 701 means that none came (W3C webrtc-pc 4.8.2).
    connection.onicecandidateerror = ({ errorCode }) => { refused ||= errorCode < 700; };
    const ok = until(PATIENCE, (done) => { connection.onicecandidate = ({ candidate }) => { if (candidate?.type === "relay") done(); }; });
    await connection.setLocalDescription();
    return (await ok) ? { what: "relay", ok: true } : { what: "relay", ok: false, fault: refused ? "refused" : "unreachable" };
  } finally {
    connection.close();
  }
}

/** Whether `done` was called in time, milliseconds. */
function until(ms: number, begin: (done: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    begin(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
