import { readFileSync } from "node:fs";
import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { StartProblem, codeOf } from "#server/startProblem.ts";
import type { Settings } from "#server/settings.ts";

/** The open port. */
export interface Listening {
  /** For WebSockets: its "upgrade" event. */
  readonly server: Server;
  /** The address that it answers under, such as http://127.0.0.1:7000. */
  readonly url: string;
  /** Takes no more connections, lets requests under way finish for at most `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void>;
}

/**
 * Opens the port, with TLS when a certificate is given.
 * @throws StartProblem when the port is taken or not allowed, or the certificate cannot be used
 */
export async function listen(settings: Pick<Settings, "host" | "port" | "tls">, answer: RequestListener): Promise<Listening> {
  const server = settings.tls === null ? createServer(answer) : tlsServer(settings.tls, answer);
  // Node forgets the sockets that became WebSockets; the end has to reach them too.
  const sockets = new Set<Socket>();
  server.on(settings.tls === null ? "connection" : "secureConnection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenProblem(error, settings)));
    server.listen({ host: settings.host, port: settings.port, exclusive: true }, resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : settings.port;
  const host = settings.host.includes(":") ? `[${settings.host.replace(/^\[|\]$/g, "")}]` : settings.host;
  return {
    server,
    url: `${settings.tls === null ? "http" : "https"}://${host}:${port}`,
    async close(graceMs) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const cut = setTimeout(() => sockets.forEach((socket) => socket.destroy()), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

function tlsServer(tls: NonNullable<Settings["tls"]>, answer: RequestListener): Server {
  const read = (name: string, file: string): Buffer => {
    try {
      return readFileSync(file);
    } catch (error) {
      throw new StartProblem(`${name} names ${file}, which cannot be read (${codeOf(error) ?? "unknown error"}).`);
    }
  };
  const pair = { cert: read("TLS_CERT", tls.certFile), key: read("TLS_KEY", tls.keyFile) };
  try {
    return createTlsServer(pair, answer);
  } catch {
    throw new StartProblem(`The certificate in ${tls.certFile} and the key in ${tls.keyFile} cannot be used together: both must be PEM files, and the key that of the certificate.`);
  }
}

function listenProblem(error: unknown, { host, port }: Pick<Settings, "host" | "port">): unknown {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new StartProblem(`Port ${port} on ${host} is taken by another program: end that one, or choose another port with PORT.`);
    case "EACCES":
      return new StartProblem(`Port ${port} may not be opened by this user: choose one above 1023 with PORT.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new StartProblem(`HOST=${host} is no address of this machine.`);
    default:
      return error;
  }
}
