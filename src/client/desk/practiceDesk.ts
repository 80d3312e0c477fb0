import type { Campaign, Person } from "#domain/base/campaign.ts";
import type { CallId } from "#domain/base/envelope.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import type { FactBody } from "#domain/fact.ts";
import { characterOf } from "#domain/practice/numbers.ts";
import { practicePerson, practicePersonOf } from "#domain/practice/prospects.ts";
import { assignmentFor, nextPractice } from "#domain/training/next.ts";
import { resultOf, trainingOf, type Assignment, type PersonTraining, type PracticeResult } from "#domain/training/progress.ts";
import { request } from "#client/sync/http.ts";
import type { Station } from "#client/sync/station.ts";
import { createAskHeard } from "#client/training/askHeard.ts";
import { openTrainingLog } from "#client/training/trainingLog.ts";
import type { LinesResponse } from "#wire/api.ts";

/** The practice call that the desk is about, from the card to the saved outcome. */
export interface Practising {
  /** What it is for; none when it is of the agent's own accord. */
  readonly assignment?: Assignment;
  /** Once it is dialed. */
  readonly result?: PracticeResult;
}

/** Practice on the desk: what is asked for, whom to call next, and what came of it. */
export interface PracticeDesk {
  /** Undefined where there is nothing to practise with. */
  training(): PersonTraining | undefined;
  /** The next practice customer's card. It needs no lease of the server's (rule T2). */
  next(): Lease | undefined;
  /** Undefined for the card of a list. */
  practising(lease: Lease | undefined, call: CallId | undefined): Practising | undefined;
  /** What is recorded when such a card is dialed, before `call.dialed`. */
  begun(lease: Lease, call: CallId): readonly FactBody[];
  /** Begins to ask for what the customers said; called again, asks for what is still missing. */
  ask(): void;
  stop(): void;
}

/** A card stays open as long as a shift. */
const CARD_FOR = 12 * 3_600_000;

/** @param now the company's clock, milliseconds */
export function openPracticeDesk({ person, recorder, downlink }: Pick<Station, "person" | "recorder" | "downlink">, now: () => number): PracticeDesk {
  const book = openTrainingLog(recorder);
  const { log } = book;
  let asker: ReturnType<typeof createAskHeard> | undefined;
  let last: { readonly of: unknown; readonly minute: number; readonly zone: string; readonly training: PersonTraining } | undefined;

  function training(): PersonTraining | undefined {
    const { company } = downlink.library.getState();
    if (!company || !campaignOf(person)) return undefined;
    const [of, minute] = [log.getState(), Math.floor(now() / 60_000)];
    if (last?.of !== of || last.minute !== minute || last.zone !== company.timeZone)
      last = { of, minute, zone: company.timeZone, training: trainingOf(of, person.id, minute * 60_000, company.timeZone) };
    return last.training;
  }

  function campaignOf({ language }: Person): Campaign | undefined {
    return [...downlink.library.getState().campaigns.values()].find((one) => one.practice && one.language === language);
  }

  return {
    training,
    next() {
      const [known, campaign] = [training(), campaignOf(person)];
      if (!known || !campaign) return undefined;
      return { prospect: { ...practicePerson(nextPractice(known, person)), campaign: campaign.id }, until: now() + CARD_FOR, history: [] };
    },
    practising(lease, call) {
      const known = training();
      if (!lease || !known || !practicePersonOf(lease.prospect.id)) return undefined;
      const record = call === undefined ? undefined : log.getState().calls.get(`${person.id} ${call}`);
      const assignment = record?.begun
        ? known.assignments.find(({ id }) => id === record.begun?.assignment)
        : assignmentFor(known, person.language, lease.prospect.id);
      return { ...(assignment ? { assignment } : {}), ...(record ? { result: resultOf(record) } : {}) };
    },
    begun({ prospect }, call) {
      const [known, persona] = [training(), characterOf(prospect.phone)];
      if (!known || !persona || !practicePersonOf(prospect.id)) return [];
      const assignment = assignmentFor(known, person.language, prospect.id)?.id;
      return [{ kind: "practice.begun", call, customer: persona.character, person: persona.person, ...(assignment === undefined ? {} : { assignment }) }];
    },
    ask() {
      if (asker) asker.ask();
      else asker = createAskHeard(person.id, log, recorder, Date.now, (call) => request<LinesResponse>("GET", `/api/practice/lines?call=${encodeURIComponent(call)}`));
    },
    stop() {
      asker?.stop();
      book.stop();
    },
  };
}
