// The embedded switch with its practice customers, in a process of their own as in the real server.
import { createServer } from "node:http";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { pickupOf } from "#domain/practice/character.ts";
import { createPractice } from "#server/practice/practice.ts";
import { createSwitch, lineSecret } from "#server/switch/switch.ts";

const domain = "bench.invalid";
// How long a customer lets it ring is no figure of ours: this one picks up at once.
const pickup = pickupOf("polite");
pickup.ringMs.splice(0, 2, 0, 0);

const sip = createSwitch({ domain, findLine: async (user) => lineSecret(user, domain, `secret of ${user}`) });
createPractice({ attach: (agent) => sip.attach(agent), domain, voices: join(process.cwd(), "src/server/practice/voices") });
const http = createServer();
const sockets = new WebSocketServer({ server: http, path: "/sip", maxPayload: 64 * 1024 + 1, handleProtocols: () => "sip" });
sockets.on("connection", (socket, request) => sip.accept(socket, request.socket.remoteAddress ?? ""));
http.listen(0, "127.0.0.1", () => console.log(`listening on ${http.address().port}`));
process.once("SIGTERM", () => process.exit(0));
