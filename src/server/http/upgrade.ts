import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { mayAct, type OriginRules } from "#server/auth/origins.ts";
import type { SignedIn } from "#server/auth/auth.ts";
import { MAX_FRAME } from "#server/live/connection.ts";
import type { Log } from "#server/log.ts";
import { closeCodes } from "#wire/protocol.ts";
import { addressOf, type ProxyRules } from "./client.ts";

export interface UpgradeDeps {
  readonly who: (headers: Headers) => Promise<SignedIn | undefined>;
  readonly origins: () => OriginRules;
  readonly proxy: ProxyRules;
  readonly live: (socket: WebSocket, who: SignedIn) => void;
  readonly sip: (socket: WebSocket, address: string) => void;
  readonly log: Log;
}

export const socketPaths = ["/live", "/sip"] as const;

/** The WebSockets: `/live` for our own page, `/sip` for SIP user agents (RFC 7118). Everything else is refused in plain HTTP. */
export function createUpgrade(deps: UpgradeDeps): { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void; close(): void } {
  const liveServer = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, clientTracking: false, perMessageDeflate: false });
  // RFC 7118 section 4: the subprotocol is "sip", and the server must confirm it. A SIP message of ours is never longer than 64 KB.
  const sipServer = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, clientTracking: false, perMessageDeflate: false, handleProtocols: () => "sip" });

  const live = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { origin, host } = request.headers;
    const site = request.headers["sec-fetch-site"];
    if (!mayAct({ origin, host, site: typeof site === "string" ? site : undefined }, deps.origins())) return refuse(socket, 403);
    const signedIn = await deps.who(new Headers(request.headers.cookie === undefined ? {} : { cookie: request.headers.cookie }));
    liveServer.handleUpgrade(request, socket, head, (ws) => {
      // A refused handshake looks to a page like a lost network: only a close code can say that the session is over.
      if (signedIn) deps.live(ws, signedIn);
      else ws.close(closeCodes.signedOut, "signed out");
    });
  };

  return {
    upgrade(request, socket, head) {
      // Until ws takes the socket over, a reset would be an unheard error and end the process.
      const broken = (): void => { socket.destroy(); };
      socket.on("error", broken);
      const path = (request.url ?? "").split("?")[0];
      if (path === "/sip") {
        // Not our page alone: any SIP client may come, and proves itself by digest (RFC 7616), which no foreign page can do in its user's name.
        const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((one) => one.trim().toLowerCase());
        if (!offered.includes("sip")) return refuse(socket, 400);
        sipServer.handleUpgrade(request, socket, head, (ws) => deps.sip(ws, addressOf(request, deps.proxy)));
      } else if (path === "/live") {
        live(request, socket, head).catch((error: unknown) => {
          deps.log.trouble("A live socket could not be opened", error);
          refuse(socket, 503);
        });
      } else refuse(socket, 404);
    },
    close() {
      liveServer.close();
      sipServer.close();
    },
  };
}

const phrases: Readonly<Record<number, string>> = { 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 503: "Service Unavailable" };

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${phrases[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
