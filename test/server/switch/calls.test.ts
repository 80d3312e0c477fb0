import { afterEach, expect, test } from "vitest";
import { call, domain, Got, openBed, proof, passwordOf, recordingAgent, unique, until } from "./kit.ts";
import type { Bed, RawClient } from "./kit.ts";

let bed: Bed;
afterEach(() => bed.stop());

const uriOf = (user: string) => `sip:${user}@${domain}`;
const invite = (client: RawClient, user: string, to: string, more: { branch?: string; lines?: string[]; callId?: string } = {}) =>
  client.request({ method: "INVITE", uri: to, from: `<${uriOf(user)}>;tag=${unique("f")}`, ...more, lines: [`Contact: ${client.contact}`, ...(more.lines ?? [])] });

test("a call: 100, 180, 200, ACK, then INFO, UPDATE, re-INVITE, REFER, NOTIFY both ways, and BYE, end to end", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  expect(a.inbox.filter((got) => got.status === 100)).toHaveLength(1);
  expect(made.invite.start).toBe(`INVITE ${b.contact.slice(1, -1)} SIP/2.0`);
  expect(made.invite.one("Max-Forwards")).toBe("69");
  expect(made.invite.all("Via")).toHaveLength(2);
  expect(made.invite.all("Via")[1]).toContain("received=127.0.0.1");
  expect(made.invite.one("Record-Route")).toMatch(/^<sip:leg\.\w+\.\w+@sufler\.test;transport=ws;lr>$/);
  expect(made.invite.body).toBe("v=0\r\n");
  expect(made.ok.all("Via")).toHaveLength(1);
  expect(bed.sip.load().dialogs).toBe(1);

  let cseq = 20;
  for (const method of ["INFO", "UPDATE", "INVITE", "REFER", "NOTIFY", "MESSAGE", "OPTIONS", "PRACK", "STRANGE"]) {
    for (const [near, far, from, to, target] of [[a, b, made.from, made.to, made.calleeTarget], [b, a, made.to, made.from, made.callerTarget]] as const) {
      near.send(near.request({ method, uri: target, from, to, callId: made.callId, cseq: (cseq += 1), lines: [`Route: ${made.route}`, `Contact: ${near.contact}`], body: `body of ${method}` }));
      const got = await far.incoming(method);
      expect(got.body).toBe(`body of ${method}`);
      expect(got.all("Route")).toEqual([]);
      far.answer(got, 202, "Accepted", { lines: [`Contact: ${far.contact}`] });
      expect((await near.response(202)).one("CSeq")).toBe(`${cseq} ${method}`);
      if (method !== "INVITE") continue;
      near.send(near.request({ method: "ACK", uri: target, from, to, callId: made.callId, cseq, lines: [`Route: ${made.route}`] }));
      await far.incoming("ACK");
    }
  }
  b.send(b.request({ method: "BYE", uri: made.callerTarget, from: made.to, to: made.from, callId: made.callId, cseq: 99, lines: [`Route: ${made.route}`] }));
  a.answer(await a.incoming("BYE"), 200, "OK");
  expect((await b.response(200, "BYE")).all("Via")).toHaveLength(1);
  expect(bed.sip.load().dialogs).toBe(0);
});

test("a refusal goes back, and the switch acknowledges it towards the one who refused", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const branch = `z9hG4bK${unique("b")}`;
  const from = `<${uriOf("agent1")}>;tag=f`;
  a.send(a.request({ method: "INVITE", uri: uriOf("agent2"), from, callId: "c1", branch, lines: [`Contact: ${a.contact}`] }));
  b.answer(await b.incoming("INVITE"), 486, "Busy Here");
  expect((await b.incoming("ACK")).one("CSeq")).toBe("1 ACK");
  const busy = await a.response(486);
  a.send(a.request({ method: "ACK", uri: uriOf("agent2"), from, to: busy.one("To"), callId: "c1", branch }));
  await until("both transactions are over", () => bed.sip.load().transactions === 0);
  expect(b.inbox).toEqual([]);
});

test("CANCEL reaches the ringing side, and the caller gets 200 and 487", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const branch = `z9hG4bK${unique("b")}`;
  const from = `<${uriOf("agent1")}>;tag=f`;
  const wish = { uri: uriOf("agent2"), from, callId: "c2", branch };
  a.send(a.request({ method: "INVITE", ...wish, lines: [`Contact: ${a.contact}`] }));
  const got = await b.incoming("INVITE");
  a.send(a.request({ method: "CANCEL", ...wish }));
  expect((await a.response(200, "CANCEL")).status).toBe(200);
  expect(b.inbox).toEqual([]); // RFC 3261 9.1: not before the other side has said anything
  b.answer(got, 180, "Ringing");
  const cancel = await b.incoming("CANCEL");
  expect(cancel.one("Via")).toBe(got.one("Via"));
  expect(cancel.all("Reason")).toEqual([]);
  b.answer(cancel, 200, "OK");
  b.answer(got, 487, "Request Terminated");
  expect((await a.response(487)).one("CSeq")).toBe("1 INVITE");
});

test("CANCEL for nothing is 481", async () => {
  bed = await openBed();
  const a = await bed.line("agent1");
  a.send(a.request({ method: "CANCEL", uri: uriOf("agent2") }));
  expect((await a.final("CANCEL")).status).toBe(481);
});

test("a call forks to all contacts of a line; the first to answer wins, the others are cancelled", async () => {
  bed = await openBed();
  const a = await bed.line("agent1");
  const phones = [await bed.line("agent2"), await bed.line("agent2"), await bed.line("agent2")] as const;
  a.send(invite(a, "agent1", uriOf("agent2")));
  const got = await Promise.all(phones.map((phone) => phone.incoming("INVITE")));
  phones.forEach((phone, i) => phone.answer(got[i] as Got, 180, "Ringing"));
  phones[1].answer(got[1] as Got, 200, "OK", { lines: [`Contact: ${phones[1].contact}`] });
  expect((await a.response(200)).one("To")).toContain(phones[1].user);
  for (const i of [0, 2] as const) {
    const cancel = await phones[i].incoming("CANCEL");
    expect(cancel.one("Reason")).toContain("cause=200");
    phones[i].answer(cancel, 200, "OK");
    phones[i].answer(got[i] as Got, 487, "Request Terminated");
    await phones[i].incoming("ACK");
  }
  expect(phones[1].inbox.map((one) => one.method)).not.toContain("CANCEL");
  expect(a.inbox.filter((one) => one.status === 487)).toEqual([]);
});

test("a call that comes from the practice customers' side and goes to it, by user part and by Record-Route", async () => {
  bed = await openBed();
  const customer = recordingAgent((user) => user.startsWith("7999"));
  const link = bed.sip.attach(customer);
  const a = await bed.line("agent1");
  a.send(invite(a, "agent1", uriOf("79990000001"), { callId: "p1" }));
  await until("the customer is called", () => customer.got.length === 1);
  const got = customer.got.shift() as Got;
  const answer = (to: Got, status: string) => link.send([
    `SIP/2.0 ${status}`, ...to.all("Via").map((v) => `Via: ${v}`), ...to.all("Record-Route").map((v) => `Record-Route: ${v}`), `From: ${to.one("From")}`,
    `To: ${to.one("To").replace(/;tag=.*/, "")};tag=cust`, `Call-ID: ${to.one("Call-ID")}`, `CSeq: ${to.one("CSeq")}`, `Contact: <${uriOf("79990000001")}>`, "Content-Length: 0", "", "",
  ].join("\r\n"));
  answer(got, "180 Ringing");
  await a.response(180);
  answer(got, "200 OK");
  const ok = await a.response(200);
  const route = `Route: ${ok.one("Record-Route")}`;
  a.send(a.request({ method: "ACK", uri: uriOf("79990000001"), from: got.one("From"), to: ok.one("To"), callId: "p1", lines: [route] }));
  await until("ACK came", () => customer.got.length === 1);
  expect((customer.got.shift() as Got).method).toBe("ACK");

  link.send(["BYE " + a.contact.slice(1, -1) + " SIP/2.0", "Via: SIP/2.0/WS practice.invalid;branch=z9hG4bKbye", "Max-Forwards: 70", `From: ${ok.one("To")}`, `To: ${got.one("From")}`, "Call-ID: p1", "CSeq: 1 BYE", route, "Content-Length: 0", "", ""].join("\r\n"));
  const bye = await a.incoming("BYE");
  a.answer(bye, 200, "OK");
  await until("the customer's BYE is answered", () => customer.got.length === 1);
  expect((customer.got[0] as Got).start).toBe("SIP/2.0 200 OK");
});

test("a caller whose line is not proved is challenged, and may call without registering", async () => {
  bed = await openBed();
  const b = await bed.line("agent2");
  const a = await bed.connect();
  const from = `<${uriOf("agent1")}>;tag=f`;
  const wish = { method: "INVITE", uri: uriOf("agent2"), from, callId: "c3" };
  a.send(a.request({ ...wish, cseq: 1 }));
  const challenge = await a.response(407);
  expect(challenge.all("Proxy-Authenticate").map((one) => /algorithm=([\w-]+)/.exec(one)?.[1])).toEqual(["SHA-256", "MD5"]);
  const proved = proof(challenge, { user: "agent1", password: passwordOf("agent1"), method: "INVITE", uri: uriOf("agent2"), algorithm: "MD5" });
  a.send(a.request({ ...wish, cseq: 2, lines: [`Proxy-Authorization: ${proved}`] }));
  const got = await b.incoming("INVITE");
  expect(got.text).not.toContain("Proxy-Authorization");
});

test("nobody calls in another's name", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const tryFrom = async (from: string, lines: string[] = []) => {
    a.send(a.request({ method: "MESSAGE", uri: uriOf("agent2"), from, lines }));
    return (await a.final("MESSAGE")).status;
  };
  expect(await tryFrom(`<${uriOf("agent2")}>;tag=x`)).toBe(403);
  expect(await tryFrom(`"agent1" <sip:anonymous@anonymous.invalid>;tag=x`)).toBe(403);
  expect(await tryFrom(`<sip:agent1@elsewhere.test>;tag=x`)).toBe(403);
  expect(b.inbox).toEqual([]);

  a.send(a.request({ method: "MESSAGE", uri: uriOf("agent2"), lines: ["P-Asserted-Identity: <sip:boss@sufler.test>", "Remote-Party-ID: <sip:boss@sufler.test>"] }));
  const got = await b.incoming("MESSAGE");
  expect(got.text).not.toContain("boss");
});

test("an address that the client claims in Via, or the called side in its answer, is not believed", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  a.send(a.request({ method: "MESSAGE", uri: uriOf("agent2"), from: `<${uriOf("agent1")}>;tag=f` }).replace(";branch=", ";received=6.6.6.6;branch="));
  const got = await b.incoming("MESSAGE");
  expect(got.text).not.toContain("6.6.6.6");
  expect(got.all("Via")[1]).toContain(";received=127.0.0.1");
  b.answer(got, 200, "OK", { lines: ["P-Asserted-Identity: <sip:boss@sufler.test>"] });
  expect((await a.response(200)).text).not.toContain("boss");
});

test("a server's failure at the called side is not ours (RFC 3261 16.7 step 6)", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  a.send(a.request({ method: "MESSAGE", uri: uriOf("agent2") }));
  b.answer(await b.incoming("MESSAGE"), 503, "Service Unavailable");
  expect((await a.final("MESSAGE")).status).toBe(500);
});

test("a line has so many calls at once and no more", async () => {
  bed = await openBed({ limits: { dialogs: 1 } });
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  a.send(invite(a, "agent1", uriOf("agent2")));
  expect((await a.final("INVITE")).status).toBe(486);
  a.send(a.request({ method: "INVITE", uri: made.calleeTarget, from: made.from, to: made.to, callId: made.callId, cseq: 30, lines: [`Route: ${made.route}`] }));
  await b.incoming("INVITE"); // within the call there is no new one
});

test("nobody sends into a dialog that is not theirs", async () => {
  bed = await openBed();
  const [a, b, c] = [await bed.line("agent1"), await bed.line("agent2"), await bed.line("agent3")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  c.send(c.request({ method: "BYE", uri: made.calleeTarget, from: made.from, to: made.to, callId: made.callId, cseq: 30, lines: [`Route: ${made.route}`] }));
  expect((await c.final("BYE")).status).toBe(403);
  expect(b.inbox).toEqual([]);
  expect(bed.sip.load().dialogs).toBe(1);
});

test("who knows a call's tags can neither end it nor speak in it, with or without Route", async () => {
  bed = await openBed();
  const [a, b, c] = [await bed.line("agent1"), await bed.line("agent2"), await bed.line("agent3")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  const tagOf = (name: string) => name.replace(/^.*;tag=/, "");
  for (const uri of [uriOf("agent2"), made.calleeTarget]) {
    for (const from of [made.from, `<${uriOf("agent3")}>;tag=${tagOf(made.from)}`]) {
      c.send(c.request({ method: "BYE", uri, from, to: made.to, callId: made.callId, cseq: 30 }));
      expect((await c.final("BYE")).status).toBe(403);
      c.send(c.request({ method: "ACK", uri, from, to: made.to, callId: made.callId, cseq: 10 }));
    }
  }
  expect(b.inbox).toEqual([]);
  expect(bed.sip.load().dialogs).toBe(1);
});

test("nobody takes another name in the middle of a call", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  const from = made.from.replace("agent1", "agent3");
  a.send(a.request({ method: "INVITE", uri: made.calleeTarget, from, to: made.to, callId: made.callId, cseq: 30, lines: [`Route: ${made.route}`] }));
  expect((await a.final("INVITE")).status).toBe(403);
  expect(b.inbox).toEqual([]);
});

test("a response over another socket than the request went is nobody's", async () => {
  bed = await openBed();
  const [a, b, c] = [await bed.line("agent1"), await bed.line("agent2"), await bed.line("agent3")];
  a.send(invite(a, "agent1", uriOf("agent2")));
  const got = await b.incoming("INVITE");
  c.answer(got, 200, "OK", { lines: [`Contact: ${c.contact}`] });
  b.answer(got, 486, "Busy Here");
  await a.response(486);
  expect(a.inbox.filter((one) => one.status === 200)).toEqual([]);
});

test.each([
  ["an unknown user", `sip:nobody@${domain}`, {}, 404],
  ["a line that is not registered", `sip:agent9@${domain}`, {}, 480],
  ["another domain", "sip:agent2@elsewhere.test", {}, 404],
  ["a telephone URI", "tel:+79990000001", { to: "<sip:x@y.test>" }, 416],
  ["a foreign Route", `sip:agent2@${domain}`, { lines: ["Route: <sip:gw@gw.test;lr>"] }, 403],
  ["a Proxy-Require", `sip:agent2@${domain}`, { lines: ["Proxy-Require: teleport"] }, 420],
] as const)("%s gets its answer", async (_what, uri, more, status) => {
  bed = await openBed();
  const a = await bed.line("agent1");
  a.send(a.request({ method: "INVITE", uri, ...more }));
  expect((await a.final("INVITE")).status).toBe(status);
});

test("Max-Forwards 0 is 483, but OPTIONS to the switch itself is answered", async () => {
  bed = await openBed();
  const a = await bed.line("agent1");
  a.send(a.request({ method: "OPTIONS", uri: uriOf("agent1") }).replace("Max-Forwards: 70", "Max-Forwards: 0"));
  expect((await a.final("OPTIONS")).status).toBe(483);
  a.send(a.request({ method: "OPTIONS", uri: `sip:${domain}` }).replace("Max-Forwards: 70", "Max-Forwards: 0"));
  const own = await a.final("OPTIONS");
  expect([own.status, own.one("Allow")]).toEqual([200, "OPTIONS, REGISTER"]);
});

test("methods at the switch itself: known ones are 405 with Allow, unknown ones 501", async () => {
  bed = await openBed();
  const a = await bed.line("agent1");
  a.send(a.request({ method: "PUBLISH", uri: `sip:${domain}` }));
  const known = await a.final("PUBLISH");
  expect([known.status, known.one("Allow")]).toEqual([405, "OPTIONS, REGISTER"]);
  a.send(a.request({ method: "STRANGE", uri: `sip:${domain}` }));
  expect((await a.final("STRANGE")).status).toBe(501);
});

test("a request that comes back unchanged is a loop", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  a.send(a.request({ method: "MESSAGE", uri: uriOf("agent2"), from: `<${uriOf("agent1")}>;tag=f` }));
  const got = await b.incoming("MESSAGE");
  const back = got.text.replace(/^MESSAGE \S+/, `MESSAGE ${uriOf("agent2")}`).replace(/\r\nVia/, `\r\nVia: SIP/2.0/WS ${b.host};branch=z9hG4bKback\r\nVia`);
  b.send(back);
  expect((await b.final("MESSAGE")).status).toBe(482);
});

test("when a socket dies in a call, the other side gets BYE after the grace period", async () => {
  bed = await openBed({ limits: { graceMs: 50 } });
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  a.socket.terminate();
  const bye = await b.incoming("BYE");
  expect(bye.start).toBe(`BYE ${made.calleeTarget} SIP/2.0`);
  expect([bye.one("From"), bye.one("To"), bye.one("Call-ID"), bye.one("CSeq")]).toEqual([made.from, made.to, made.callId, "11 BYE"]);
  expect(bye.one("Reason")).toContain("Connection lost");
  b.answer(bye, 200, "OK");
  await until("nothing is left of the call", () => bed.sip.load().dialogs === 0 && bed.sip.load().transactions <= 2);
});

test("that BYE goes to the newest Contact, with the next CSeq", async () => {
  bed = await openBed({ limits: { graceMs: 50 } });
  for (const gone of ["caller", "called"] as const) {
    const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
    const made = await call(a, "agent1", b, uriOf("agent2"));
    const dialog = { from: made.from, to: made.to, callId: made.callId, lines: [`Route: ${made.route}`] };
    a.send(a.request({ method: "INVITE", uri: made.calleeTarget, cseq: 40, ...dialog, lines: [...dialog.lines, "Contact: <sip:a-new@a.invalid>"] }));
    b.answer(await b.incoming("INVITE"), 200, "OK", { lines: ["Contact: <sip:b-new@b.invalid>"] });
    await a.response(200);
    a.send(a.request({ method: "ACK", uri: "sip:b-new@b.invalid", cseq: 40, ...dialog }));
    await b.incoming("ACK");
    a.send(a.request({ method: "INFO", uri: "sip:b-new@b.invalid", cseq: 41, ...dialog, lines: [...dialog.lines, "Contact: <sip:no-refresh@a.invalid>"] }));
    b.answer(await b.incoming("INFO"), 200, "OK");
    await a.response(200, "INFO");
    const [dead, left] = gone === "caller" ? [a, b] : [b, a];
    dead.socket.terminate();
    const bye = await left.incoming("BYE");
    expect([bye.start, bye.one("CSeq")]).toEqual(gone === "caller" ? ["BYE sip:b-new@b.invalid SIP/2.0", "42 BYE"] : ["BYE sip:a-new@a.invalid SIP/2.0", "1 BYE"]);
    left.socket.terminate();
    await until("both are gone", () => bed.sip.load().flows === 0);
  }
});

test("a client that comes back within the grace period goes on with its call over the new socket", async () => {
  bed = await openBed({ limits: { graceMs: 3000 } });
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  b.socket.terminate();
  await until("the switch has noticed", () => bed.sip.registered("agent2") === 0);
  const early = a.request({ method: "INFO", uri: made.calleeTarget, from: made.from, to: made.to, callId: made.callId, cseq: 30, lines: [`Route: ${made.route}`] });
  a.send(early);
  expect((await a.final("INFO")).status).toBe(480);
  const back = await bed.line("agent2", { contact: b.contact });
  a.send(early.replace("30 INFO", "31 INFO").replace(/branch=\w+/, "branch=z9hG4bKnew"));
  back.answer(await back.incoming("INFO"), 200, "OK");
  await a.response(200, "INFO");
  back.send(back.request({ method: "BYE", uri: made.callerTarget, from: made.to, to: made.from, callId: made.callId, cseq: 5, lines: [`Route: ${made.route}`] }));
  a.answer(await a.incoming("BYE"), 200, "OK");
  await back.response(200, "BYE");
});

test("a client that registers over a new socket while the old one still hangs takes its call along", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  const moved = await bed.line("agent1", { contact: a.contact });
  expect(await a.ended()).toMatchObject({ code: 1000 });
  b.send(b.request({ method: "BYE", uri: made.callerTarget, from: made.to, to: made.from, callId: made.callId, cseq: 5, lines: [`Route: ${made.route}`] }));
  moved.answer(await moved.incoming("BYE"), 200, "OK");
  await b.response(200, "BYE");
});

test("hanging up on somebody whose socket is gone succeeds, and no BYE comes back afterwards", async () => {
  bed = await openBed({ limits: { graceMs: 100 } });
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const made = await call(a, "agent1", b, uriOf("agent2"));
  b.socket.terminate();
  await until("the switch has noticed", () => bed.sip.registered("agent2") === 0);
  const inDialog = (method: string, cseq: number) => a.request({ method, uri: made.calleeTarget, from: made.from, to: made.to, callId: made.callId, cseq, lines: [`Route: ${made.route}`] });
  a.send(inDialog("BYE", 30));
  expect((await a.final("BYE")).status).toBe(200);
  await new Promise((done) => setTimeout(done, 200));
  a.send(inDialog("INFO", 31));
  expect((await a.final("INFO")).status).toBe(481);
  expect(a.inbox.map((got) => got.method)).not.toContain("BYE");
});

test("when the caller's socket dies while it rings, the ringing stops; when the called one's does, the caller gets 480", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  a.send(invite(a, "agent1", uriOf("agent2")));
  const got = await b.incoming("INVITE");
  b.answer(got, 180, "Ringing");
  await a.response(180);
  a.socket.terminate();
  const cancel = await b.incoming("CANCEL");
  b.answer(cancel, 200, "OK");
  b.answer(got, 487, "Request Terminated");
  await b.incoming("ACK");

  const c = await bed.line("agent3");
  c.send(invite(c, "agent3", uriOf("agent2")));
  b.answer(await b.incoming("INVITE"), 180, "Ringing");
  await c.response(180);
  b.socket.terminate();
  expect((await c.final("INVITE")).status).toBe(480);
});

test("a caller who goes as the call is answered leaves nobody hanging", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  a.send(invite(a, "agent1", uriOf("agent2")));
  const got = await b.incoming("INVITE");
  b.answer(got, 180, "Ringing");
  await a.response(180);
  a.socket.terminate();
  await b.incoming("CANCEL");
  b.answer(got, 200, "OK", { lines: [`Contact: ${b.contact}`] }); // crosses the CANCEL
  expect((await b.incoming("BYE")).one("Call-ID")).toBe(got.one("Call-ID"));
});

test("signing a person out ends the calls at once", async () => {
  bed = await openBed({ limits: { graceMs: 60_000 } });
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  await call(a, "agent1", b, uriOf("agent2"));
  bed.sip.dropPerson("agent1");
  await b.incoming("BYE");
});

test("ringing ends with timer C", async () => {
  bed = await openBed({ limits: { timerCMs: 60 } });
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  a.send(invite(a, "agent1", uriOf("agent2")));
  const got = await b.incoming("INVITE");
  b.answer(got, 180, "Ringing");
  const cancel = await b.incoming("CANCEL");
  b.answer(cancel, 200, "OK");
  b.answer(got, 487, "Request Terminated");
  expect((await a.final("INVITE")).status).toBe(487);
});

test("an out-of-dialog request may go to a contact, as REFER with Replaces does", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  a.send(invite(a, "agent1", b.contact.slice(1, -1), { lines: ["Replaces: x;to-tag=1;from-tag=2"] }));
  expect((await b.incoming("INVITE")).one("Replaces")).toBe("x;to-tag=1;from-tag=2");
});

test("a preloaded Route with the address of the switch is taken off", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  a.send(invite(a, "agent1", uriOf("agent2"), { lines: ["Route: <sip:127.0.0.1:5566;transport=ws;lr>"] }));
  expect((await b.incoming("INVITE")).all("Route")).toEqual([]);
});

test("calling oneself works", async () => {
  bed = await openBed();
  const a = await bed.line("agent1");
  const made = await call(a, "agent1", a, uriOf("agent1"));
  a.send(a.request({ method: "BYE", uri: made.calleeTarget, from: made.from, to: made.to, callId: made.callId, cseq: 30, lines: [`Route: ${made.route}`] }));
  a.answer(await a.incoming("BYE"), 200, "OK");
  await a.response(200, "BYE");
});

test("twenty calls at once, all in their own right", async () => {
  bed = await openBed();
  const pairs = await Promise.all(Array.from({ length: 20 }, async (_, i) => [await bed.line(`agent${10 + 2 * i}`), await bed.line(`agent${11 + 2 * i}`), i] as const));
  await Promise.all(pairs.map(async ([a, b, i]) => {
    const made = await call(a, `agent${10 + 2 * i}`, b, uriOf(`agent${11 + 2 * i}`));
    a.send(a.request({ method: "BYE", uri: made.calleeTarget, from: made.from, to: made.to, callId: made.callId, cseq: 11, lines: [`Route: ${made.route}`] }));
    const bye = await b.incoming("BYE");
    expect(bye.one("Call-ID")).toBe(made.callId);
    b.answer(bye, 200, "OK");
    await a.response(200, "BYE");
    expect(b.inbox).toEqual([]);
  }));
  expect(bed.sip.load().dialogs).toBe(0);
});
