import JsSIP from "jssip";
import { createPhone } from "#client/phone/createPhone.ts";
import { demoNumberOf } from "#domain/practice/numbers.ts";

const practice = demoNumberOf({ character: "polite", language: "ru", person: 0 });
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The newest peer connection of the page, and when an INVITE last went out. */
let newest;
const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(...args) {
    super(...args);
    newest = this;
  }
};
let inviteAt = 0;
const send = Reflect.get(WebSocket.prototype, "send");
WebSocket.prototype.send = function (data) {
  if (inviteAt === 0 && typeof data === "string" && data.startsWith("INVITE")) inviteAt = performance.now();
  return send.call(this, data);
};

/** The first packet of sound that reached the listener; not from getStats, whose answers are up to 50 ms old. */
async function firstSound(connection) {
  for (const end = performance.now() + 10_000; performance.now() < end; await sleep(1)) {
    if (connection.getReceivers()[0]?.getSynchronizationSources().length > 0) return performance.now();
  }
  throw new Error(`no sound came: ${connection.iceConnectionState}, ${connection.connectionState}`);
}

/** `dial` returns a promise of the answer; the figures are milliseconds since it was called. */
async function measureCall(connectionOf, dial) {
  inviteAt = 0;
  const began = performance.now();
  await dial();
  const answered = performance.now();
  const sound = await firstSound(connectionOf());
  return { invite: inviteAt - began, answered: answered - began, audio: sound - began };
}

async function ours(phone, round, number) {
  phone.prepare();
  await sleep(700);
  const prepared = newest;
  const call = `call-${round}`;
  const figures = await measureCall(() => prepared, () => new Promise((resolve, reject) => {
    const stop = phone.onSignal((signal) => {
      if (signal.type === "progress") return;
      stop();
      if (signal.type === "answered") resolve();
      else reject(new Error(JSON.stringify(signal)));
    });
    phone.obey({ type: "invite", call }, number);
  }));
  phone.obey({ type: "hangUp", call });
  phone.release();
  await sleep(300);
  return figures;
}

async function peer(agent, microphone, number, domain) {
  await sleep(700);
  let session;
  const figures = await measureCall(() => session.connection, () => new Promise((resolve, reject) => {
    session = agent.call(`sip:${number}@${domain}`, {
      mediaStream: new MediaStream([microphone.clone()]), pcConfig: { iceServers: [] },
      eventHandlers: {
        // As JsSIP's own examples play the far side.
        peerconnection: ({ peerconnection }) => peerconnection.addEventListener("track", ({ track }) => {
          const ear = new Audio();
          ear.srcObject = new MediaStream([track]);
          void ear.play();
        }),
        confirmed: resolve, failed: ({ cause }) => reject(new Error(cause)),
      },
    });
  }));
  session.terminate();
  await sleep(300);
  return figures;
}

/** @param bed where to call: WebSocket URL, domain, two lines with their passwords, and who answers at once (a practice customer when not given) */
async function run({ server, domain, lines, number = practice }, rounds) {
  const account = ({ username, password }) => ({ server, uri: `sip:${username}@${domain}`, username, password });
  const phone = createPhone({ now: Date.now });
  phone.start(() => Promise.resolve({ ...account(lines.ours), iceServers: [], practice: account(lines.ours) }));
  while (phone.line.getState().state !== "ready") await sleep(20);
  const { uri, username, password } = account(lines.peer);
  const agent = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(server)], uri, authorization_user: username, password, session_timers: false });
  await new Promise((resolve) => {
    agent.on("registered", resolve);
    agent.start();
  });
  const [microphone] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
  const figures = [];
  // The first round warms both up and is not counted; after that they take turns in going first.
  for (let round = 0; round <= rounds; round += 1) {
    const pair = {};
    for (const who of round % 2 === 0 ? ["ours", "peer"] : ["peer", "ours"]) pair[who] = who === "ours" ? await ours(phone, round, number) : await peer(agent, microphone, number, domain);
    if (round > 0) figures.push(pair);
  }
  await phone.stop();
  agent.stop();
  return figures;
}

window.bench = { run };
