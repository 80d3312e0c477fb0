/**
 * The facts of ordinary calls, ten to a call, as the desk writes them.
 * @param {number} count @param {{ by: string, device: string, campaign: string }} whose
 */
export function dayOfFacts(count, { by, device, campaign }) {
  const began = Date.now() - count * 3000;
  const facts = [];
  for (let call = crypto.randomUUID(), prospect = crypto.randomUUID(), step = 0; facts.length < count; step += 1) {
    const bodies = [
      { kind: "prospect.opened", prospect, campaign },
      { kind: "call.dialed", call, campaign, prospect, number: crypto.randomUUID() },
      { kind: "call.ringing", call },
      { kind: "call.answered", call },
      { kind: "script.opened", call, script: "demo", version: 1 },
      { kind: "module.shown", call, module: "greeting", way: "start" },
      { kind: "module.shown", call, module: "offer", way: "answer", answer: "yes" },
      { kind: "mark.set", call, mark: "decisionMaker", on: true },
      { kind: "call.ended", call, why: "clientHungUp" },
      { kind: "outcome.saved", call, outcome: "refused", decisionMaker: true },
    ];
    facts.push({ id: crypto.randomUUID(), at: began + facts.length * 3000, offset: 0, by, device, ...bodies[step % bodies.length] });
    if (step % bodies.length === bodies.length - 1) {
      call = crypto.randomUUID();
      prospect = crypto.randomUUID();
    }
  }
  return facts;
}
