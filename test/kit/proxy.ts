import { connect, createServer, type Socket } from "node:net";

/** The wire between a browser and the server, which a test can cut. */
export interface Wire {
  readonly port: number;
  readonly url: string;
  /** Breaks every connection and takes no new one, as a pulled cable does. */
  cut(): void;
  mend(): void;
  /** Lets bytes through in one direction only: what the server answers is lost. */
  swallowAnswers(on: boolean): void;
  close(): Promise<void>;
}

/** A TCP proxy on loopback in front of a server's port. */
export function openWire(target: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let whole = true;
  let swallow = false;
  const server = createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(target, "127.0.0.1");
    for (const [one, other] of [[near, far], [far, near]] as const) {
      sockets.add(one);
      one.on("data", (data) => { if (!(one === far && swallow)) other.write(data); });
      one.on("error", () => other.destroy());
      one.on("close", () => { sockets.delete(one); other.destroy(); });
    }
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      resolve({
        port, url: `http://127.0.0.1:${port}`,
        cut() {
          whole = false;
          for (const socket of sockets) socket.destroy();
        },
        mend: () => { whole = true; },
        swallowAnswers: (on) => { swallow = on; },
        close: () => new Promise((done) => {
          for (const socket of sockets) socket.destroy();
          server.close(() => done());
        }),
      });
    });
  });
}
