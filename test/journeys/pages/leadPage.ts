/** A lead's ear without its wallboard. */
import { createEar } from "#client/monitoring/ear.ts";
import type { Listening } from "#client/monitoring/listening.ts";
import { liveThroughTest } from "./liveThroughTest.ts";
import { hear } from "./tones.ts";

let asked = 0;
navigator.mediaDevices.getUserMedia = () => {
  asked += 1;
  return Promise.reject(new DOMException("", "NotAllowedError"));
};
const connections: RTCPeerConnection[] = [];
const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};
const live = liveThroughTest();
const ear = createEar(live);
const phases: Listening["phase"][] = [];
ear.state.subscribe(({ phase }) => phases.push(phase));

const page = {
  live, ear, phases,
  askedForMicrophone: () => asked,
  openConnections: () => connections.filter((each) => each.connectionState !== "closed").length,
  /** What the lead's two speakers get: 0 the agent, 1 the client. */
  async hears(voice: 0 | 1, tones: readonly number[]) {
    const track = connections.at(-1)?.getReceivers()[voice]?.track;
    return track && hear(track, tones, 900);
  },
};
export type LeadPage = typeof page;
Object.assign(window, { page });
