import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPractice, type Practice, type Said } from "#server/practice/practice.ts";
import { personGender } from "#domain/practice/numbers.ts";
import { levelOf } from "#server/practice/g711.ts";
import { openVoices } from "#server/practice/voices.ts";
import { Caller, pass, Pipe, until } from "./caller.ts";

const voices = fileURLToPath(new URL("../../../src/server/practice/voices", import.meta.url));
let pipe: Pipe;
let practice: Practice;
let said: Said[];
let callers: Caller[];

beforeEach(() => {
  pipe = new Pipe();
  said = [];
  callers = [];
  practice = createPractice({ attach: pipe.attach, domain: "test.invalid", voices, seed: 5, said: (line) => said.push(line) });
});

afterEach(async () => {
  await practice.stop();
  await Promise.all(callers.map((caller) => caller.close()));
  expect(practice.calls()).toBe(0);
});

function caller(number: string, law?: "PCMU" | "PCMA"): Caller {
  const made = new Caller(pipe, number, law);
  callers.push(made);
  return made;
}

async function talking(number: string, law?: "PCMU" | "PCMA"): Promise<Caller> {
  const made = caller(number, law);
  await made.invite();
  await until(() => made.connectedAt, "sound in both directions");
  return made;
}

/** Speaks for a while, waits for the customer's next line to begin. */
async function turn(agent: Caller, speakMs: number): Promise<Said> {
  const before = said.length;
  agent.talk(true);
  await pass(speakMs);
  expect(said.length).toBe(before);
  agent.talk(false);
  return until(() => said[before], `an answer to turn ${before}`);
}

const quiet = (agent: Caller): Promise<boolean> => until(() => agent.heard.length > 20 && !agent.hears(400), "the end of the customer's line");

describe("a call to a practice customer", () => {
  it("goes on with the same customer when the caller's page was opened again and calls in its place", async () => {
    const agent = await talking("+74950000117");
    await until(() => agent.hears(), "the greeting");
    const page = caller("+74950000117");
    page.replaces = agent;
    await page.invite();
    await until(() => page.connectedAt, "sound on the new page");
    await until(() => agent.hungUp, "the end of the old page's call");
    expect(page.statuses("INVITE")).toEqual([200]);
    expect(practice.calls()).toBe(1);
    await quiet(page);
    const answer = await turn(page, 1500);
    await until(() => page.hears(), `the sound of "${answer.text}"`);
    expect(said.map((line) => line.situation)).toEqual(["greeting", "whoAreYou"]);
    page.request("BYE");
    await until(() => practice.calls() === 0, "the end");
  });

  it("is given to nobody else, and to nobody after its end", async () => {
    const agent = await talking("+74950000117");
    const stranger = caller("+74950000117");
    stranger.line = "agent2";
    stranger.replaces = agent;
    await stranger.invite();
    await until(() => stranger.statuses("INVITE").includes(481), "the refusal");
    expect(practice.calls()).toBe(1);
    agent.request("BYE");
    await until(() => practice.calls() === 0, "the end");
    const late = caller("+74950000117");
    late.replaces = agent;
    await late.invite();
    await until(() => late.statuses("INVITE").includes(481), "the refusal");
  });

  // The whole conversation up to the agreement is in test/journeys/practice.browser.test.ts.
  it("rings, picks up with a greeting, and answers the agent's words in turn", async () => {
    const agent = await talking("+74950000117");
    expect(agent.statuses("INVITE")).toEqual([180, 200]);
    await until(() => agent.hears(), "the greeting");
    await quiet(agent);
    const answer = await turn(agent, 1500);
    await until(() => agent.hears(), `the sound of "${answer.text}"`);
    expect(said.map((line) => line.situation)).toEqual(["greeting", "whoAreYou"]);
  });

  it("[T7] tells what it says with the name of the call, who calls, and when since the answer", async () => {
    expect(practice.goesOn("0".repeat(32))).toBe(false);
    const agent = await talking("+74950000185");
    expect(practice.goesOn(agent.session)).toBe(true);
    await until(() => said.length > 0, "the greeting");
    await quiet(agent);
    await turn(agent, 1500);
    expect(said.map(({ n, session, caller: by }) => [n, session, by])).toEqual([[0, agent.session, "agent1"], [1, agent.session, "agent1"]]);
    const [first, second] = said.map(({ ms }) => ms);
    expect(first).toBeGreaterThan(0);
    // The agent spoke for a second and a half in between, and the first line took its time.
    expect(second).toBeGreaterThan((first ?? 0) + 2000);
    agent.request("BYE");
    await until(() => !practice.goesOn(agent.session), "the end of the call");
  });

  it.each(["PCMU", "PCMA"] as const)("its sound is that of the recording, not noise (%s)", async (law) => {
    const agent = await talking("+74950000102", law);
    await until(() => agent.hears(), "the greeting");
    await quiet(agent);
    const { heard } = agent;
    const loud = heard.filter(({ level }) => level > -40).length;
    // Between lines a live stream of a quiet room; in the line speech some 40 dB above it, with the ups and downs of syllables.
    expect(loud).toBeGreaterThan(10);
    const room = heard.map(({ level }) => level).filter((level) => level < -50);
    expect(room.length).toBeGreaterThan(20);
    expect(Math.min(...room)).toBeGreaterThan(-90);
    // Speech sits below 1 kHz: low bands hold most of the energy, which white noise would spread evenly.
    const start = heard.findIndex(({ level }) => level > -40) * 160;
    const speech = Int16Array.from(agent.samples.slice(start, start + 4800));
    const difference = speech.map((sample, n) => (n === 0 ? 0 : sample - (speech[n - 1] ?? 0)));
    expect(levelOf(difference) - levelOf(speech)).toBeLessThan(-2);
  });

  it("the packets hold 20 ms each, none is missing, also between lines", async () => {
    const agent = await talking("+74950000202");
    await until(() => agent.hears(), "the greeting");
    await quiet(agent);
    await turn(agent, 1500);
    await until(() => agent.hears(), "the next line");
    // Each takes up where the one before has ended: 160 samples of 8 kHz, in speech and in between.
    const { heard } = agent;
    expect(heard.length).toBeGreaterThan(100);
    for (const [n, packet] of heard.entries()) {
      const before = heard[n - 1];
      if (before) expect([(packet.sequence - before.sequence) & 0xffff, (packet.timestamp - before.timestamp) >>> 0]).toEqual([1, 160]);
    }
  });

  it("a silent agent is asked whether anybody is there, and hung up on", async () => {
    const agent = await talking("+74950005201");
    await until(() => agent.hungUp, "BYE");
    expect(said.slice(1).map((line) => line.situation)).toEqual(["checking", "checkingAgain", "cannotHear"]);
    expect(said[1]?.text).toMatch(/hear me|Are you there/);
  });

  it("talking over the customer makes it stop before its line is over", async () => {
    const agent = await talking("+74950000302");
    await until(() => agent.hears(), "the greeting");
    await quiet(agent);
    await turn(agent, 1500);
    await until(() => agent.hears(), "the second line");
    agent.talk(true);
    const from = agent.heard.length;
    await until(() => agent.heard.length > from + 20 && !agent.hears(400), "its silence");
    await pass(800);
    expect(agent.hears(400)).toBe(false);
    expect(agent.hungUp).toBe(false);
    // How soon is told by the clock of test/domain/practice/customer.test.ts; here the rest of its line was never sent.
    const spoken = agent.heard.slice(from).filter(({ level }) => level > -45).length * 160;
    const [, line] = said;
    const take = openVoices(voices).takes("ru", personGender(line?.persona.person ?? 0), line?.situation ?? "greeting").find(({ text }) => text === line?.text);
    expect(spoken).toBeLessThan((take?.sound().length ?? 0) / 2);
  });

  it("hold is answered recvonly and silent, resuming brings the customer back", async () => {
    const agent = await talking("+74950000202");
    await until(() => agent.hears(), "the greeting");
    expect(await agent.reinvite("sendonly")).toBe("recvonly");
    // What was on its way already.
    await pass(1000);
    const from = agent.heard.length;
    await pass(7000);
    expect(agent.heard.length).toBe(from);
    expect(said).toHaveLength(1);
    expect(await agent.reinvite("sendrecv")).toBe("sendrecv");
    await turn(agent, 1500);
    await until(() => agent.hears(), "the next line");
  });

  it("asked for an offer by an INVITE without one, makes it; the answer in ACK holds and resumes (RFC 3261 14.2)", async () => {
    const agent = await talking("+74950000202");
    await until(() => agent.hears(), "the greeting");
    const late = async (direction: string): Promise<void> => {
      const before = agent.responses.length;
      agent.answerLate = (text) => text.slice(text.indexOf("\r\n\r\n") + 4).replace(/^a=sendrecv/m, `a=${direction}`).replace("a=setup:actpass", "a=setup:active");
      agent.request("INVITE");
      const offered = await until(() => agent.responses.slice(before).find(({ status }) => status >= 200), "an answer");
      agent.answerLate = undefined;
      expect(offered.status).toBe(200);
      expect(offered.text).toMatch(/^a=sendrecv\r\n/m);
      expect(offered.text).toMatch(/^a=setup:actpass\r\n/m);
    };
    await late("sendonly");
    await pass(1000);
    const from = agent.heard.length;
    await pass(1500);
    expect(agent.heard.length).toBe(from);
    await late("sendrecv");
    await until(() => agent.heard.length > from + 20, "the room again");
    expect(agent.hungUp).toBe(false);
  });

  it("two calls with different seeds differ, with the same seed they agree", async () => {
    const first = await talking("+74950000902");
    await until(() => said.length === 1, "the greeting");
    first.request("BYE");
    const greeting = said[0]?.text;
    await practice.stop();
    said = [];
    practice = createPractice({ attach: pipe.attach, domain: "test.invalid", voices, seed: 5, said: (line) => said.push(line) });
    await talking("+74950000902");
    await until(() => said.length === 1, "the greeting");
    expect(said[0]?.text).toBe(greeting);
  });
});

describe("the echo number", () => {
  it("answers at once and lets the caller hear what was said, a moment later, and nobody else", async () => {
    const agent = await talking("+74950000000");
    expect(agent.statuses("INVITE")).toEqual([200]);
    await pass(700);
    expect(agent.hears()).toBe(false);
    agent.talk(true);
    await until(() => agent.hears(), "one's own voice");
    agent.talk(false);
    await quiet(agent);
    expect(said).toEqual([]);
    agent.request("BYE");
    await until(() => practice.calls() === 0, "the end of the call");
  });
});

describe("signalling", () => {
  it("busy is 486, a number without a character 404, an offer without G.711 or none at all 488", async () => {
    for (const [number, sdp, status] of [
      ["+74950001100", undefined, 486],
      ["+74950001400", undefined, 404],
      ["+74950000001", undefined, 404],
      ["+74950000100", "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\na=fingerprint:sha-256 AA\r\n", 488],
      ["+74950000100", "", 488],
    ] as const) {
      const agent = caller(number);
      await agent.invite(sdp);
      await until(() => agent.statuses("INVITE").at(-1) === status, `${status} for ${number}`);
    }
    expect(practice.calls()).toBe(0);
  });

  it("one who never answers rings until the caller gives up", async () => {
    const agent = caller("+74950000404");
    await agent.invite();
    await until(() => agent.statuses("INVITE").includes(180), "180");
    expect(practice.calls()).toBe(1);
    agent.request("CANCEL");
    await until(() => agent.statuses("INVITE").includes(487), "487");
    expect(agent.statuses("CANCEL")).toEqual([200]);
    expect(practice.calls()).toBe(0);
  });

  it("BYE from the agent ends the call; INFO, UPDATE and OPTIONS within it do no harm", async () => {
    const agent = await talking("+74950000202");
    for (const method of ["INFO", "UPDATE", "OPTIONS"]) agent.request(method);
    await until(() => ["INFO", "UPDATE", "OPTIONS"].every((method) => agent.statuses(method)[0] === 200), "200 to each");
    agent.request("BYE");
    await until(() => agent.statuses("BYE")[0] === 200, "200 to BYE");
    expect(practice.calls()).toBe(0);
    agent.request("BYE");
    await until(() => agent.statuses("BYE").length === 2, "481");
    expect(agent.statuses("BYE")[1]).toBe(481);
  });

  it("requests for no call are answered, and what is no SIP is ignored", async () => {
    const agent = caller("+74950000202");
    agent.request("OPTIONS");
    await until(() => agent.statuses("OPTIONS")[0] === 200, "200 to OPTIONS");
    pipe.deliver("hello\r\n\r\n");
    pipe.deliver("");
    expect(practice.calls()).toBe(0);
  });

  it("more calls than it takes are told so, and may come again", async () => {
    await practice.stop();
    practice = createPractice({ attach: pipe.attach, domain: "test.invalid", voices, mostCalls: 2 });
    const agents = ["+74950000400", "+74950000402", "+74950000404"].map((number) => caller(number));
    for (const agent of agents) await agent.invite();
    await until(() => agents[2]?.statuses("INVITE").includes(503), "503");
    agents[0]?.request("CANCEL");
    await until(() => practice.calls() === 1, "a free place");
    const next = caller("+74950000406");
    await next.invite();
    await until(() => next.statuses("INVITE").includes(180), "180");
  });

  it("leaves no socket behind", async () => {
    const open = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind === "UDPWrap");
    await until(() => open().length === 0, "the closing of what earlier calls used");
    for (let n = 0; n < 3; n++) {
      const agent = await talking("+74950005200");
      expect(open().length).toBeGreaterThan(1);
      if (n < 2) agent.request("BYE");
      else await practice.stop();
      await until(() => practice.calls() === 0, "the end");
      await agent.close();
    }
    await until(() => open().length === 0, "the closing of all sockets");
  });

  it("stopping hangs up every call", async () => {
    const agent = await talking("+74950000202");
    await practice.stop();
    expect(agent.hungUp).toBe(true);
    expect(practice.calls()).toBe(0);
    expect(pipe.closed).toBe(true);
  });
});
