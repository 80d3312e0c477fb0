import { createStore } from "zustand/vanilla";
import { wasTried } from "#domain/dialing/nextProspect.ts";
import { outcomesFor, proposeOutcome } from "#domain/dialing/proposeOutcome.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import type { FactBody, PrivateRecord } from "#domain/fact.ts";
import { onLine, stepCall, type CallOrder, type CallSignal } from "#domain/phone/call.ts";
import { moduleOf, type Handler } from "#domain/script/script.ts";
import { current, stepWalk, type WalkSignal } from "#domain/script/walk.ts";
import { practiceCallId } from "#domain/practice/practiceCall.ts";
import { createStock } from "#client/dialing/stock.ts";
import { handlerSearch } from "#client/script/search.ts";
import { phoneAccount } from "#client/sync/account.ts";
import { request } from "#client/sync/http.ts";
import type { LeaseResponse } from "#wire/api.ts";
import { commandFor, commands, type CommandArgument, type CommandId } from "./commands.ts";
import type { DeskParts, OpenDesk } from "./desk.ts";
import { createLook, settled } from "./deskLook.ts";
import { createFirstVisit } from "./firstVisit.ts";
import { openPracticeDesk } from "./practiceDesk.ts";
import { stageOf, type DeskState, type DeskTrouble, type Drafts } from "./deskState.ts";
import { DRAFTS, emptyDrafts, emptyStash, lastAlive, markAlive, markWelcomed, NAMES, STASH, STOCK, wasWelcomed, type Stash } from "./stash.ts";
import { firstView, type DeskView } from "./view.ts";

const SIZE = "sufler.textSize";
/** How long a saved outcome can be opened again by one key, milliseconds. */
const UNDO_FOR = 7_000;

/** Opens the agent's desk where it was left. Every decision is taken in `domain`; here they meet. */
export async function openDesk({ station, phone, lock }: DeskParts): Promise<OpenDesk> {
  const { journal, recorder, downlink, uplink, live, person } = station;
  const [stash, drafts, kept, names] = await Promise.all([
    journal.recall<Stash>(STASH), journal.recall<Drafts>(DRAFTS),
    journal.recall<readonly Lease[]>(STOCK), journal.recall<readonly (readonly [string, string])[]>(NAMES),
  ]);
  let at: Stash = stash ?? emptyStash;
  let text: Drafts = drafts ?? emptyDrafts;
  let known: ReadonlyMap<string, string> = new Map(names ?? []);
  let trouble: DeskTrouble | undefined;
  let storage: DeskState["sync"]["storage"] = "ok";
  let searching: { readonly of: readonly Handler[]; readonly search: (text: string) => readonly Handler[] } | undefined;

  let saved: { readonly stash: Stash; readonly call: string; readonly outcome: string } | undefined;
  let forget: ReturnType<typeof setTimeout> | undefined;

  const visit = createFirstVisit(phone, wasWelcomed(person.id), () => { markWelcomed(person.id); }, refresh);
  const stock = createStock(
    journal.device, person.language, kept ?? [],
    (leases) => void journal.write({ remember: { [STOCK]: leases } }).catch(broken),
    (body) => request<LeaseResponse>("POST", "/api/dialing/leases", body), now,
  );
  const practice = openPracticeDesk(station, now);
  const view = createStore<DeskView>(() => ({ ...firstView, textSize: Number(localStorage.getItem(SIZE)) || firstView.textSize }));
  const look = createLook({ station, phone, lock, stock, practice, visit, now }, () => ({ at, text, known, trouble, storage, saved }));
  const state = createStore<DeskState>(look);

  function now(): number {
    return Date.now() + station.offset();
  }

  // Nothing new to show changes nothing on the screen.
  function refresh(): void {
    const next = settled(state.getState(), look());
    state.setState(next, true);
    // "Am I heard?" is answered before the call: on the card, and while somebody tries the microphone.
    phone.meter(stageOf(next) === "card" || next.welcome?.step === "microphone");
  }

  // ---- writing ----

  function broken(error: unknown): void {
    storage = error instanceof Error && /quota/i.test(`${error.name} ${error.message}`) ? "full" : "broken";
    refresh();
  }

  /** Facts and the place where the agent is go to the disk together; the screen shows the place at once. */
  async function write(next: Stash, facts: readonly (FactBody & { readonly at?: number })[], records: readonly PrivateRecord[] = [], also: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
    at = next;
    refresh();
    try {
      await recorder.record(facts, records, { [STASH]: at, ...also });
      if (storage !== "ok") {
        storage = "ok";
        refresh();
      }
      return true;
    } catch (error) {
      broken(error);
      return false;
    }
  }

  function signal(incoming: CallSignal, number?: { readonly record: PrivateRecord; readonly dial: string; readonly first: readonly FactBody[] }): void {
    const before = at.call;
    const step = stepCall(before, incoming);
    if (step.state === before) return;
    let next: Stash = { ...at, call: step.state };
    const facts: (FactBody & { readonly at?: number })[] = [...(number?.first ?? []), ...step.facts];
    if (step.state.phase === "talking" && before.phase !== "talking") {
      const opened = openScript(step.state.call);
      if (opened) {
        next = { ...next, walk: opened.state };
        facts.push(...opened.facts.map((fact) => ({ ...fact, at: incoming.type === "answered" ? incoming.at : Date.now() })));
      }
    }
    if (step.state.phase === "ended") next = { ...next, choice: proposal(step.state) };
    const durable = write(next, facts, number ? [number.record] : []);
    const obey = (order: CallOrder): void => phone.obey(order, number?.dial);
    // An INVITE leaves only when the call is on record (rule P1); everything else must work with a broken disk too.
    for (const order of step.orders) {
      if (order.type !== "invite") obey(order);
      else void durable.then((ok) => ok ? obey(order) : signal({ type: "failed", at: Date.now(), call: order.call, why: "cancelled" }));
    }
    if (step.state.phase === "dialing" || step.state.phase === "talking") markAlive(step.state.call, Date.now());
  }

  function openScript(call: string): ReturnType<typeof stepWalk> | undefined {
    const script = state.getState().script;
    return script && stepWalk({ phase: "closed" }, { type: "open", call }, script);
  }

  function proposal(ended: Extract<Stash["call"], { phase: "ended" }>): Stash["choice"] {
    const { campaign } = state.getState();
    if (!campaign) return { decisionMaker: false };
    return proposeOutcome(campaign, at.walk, ended.answeredAt !== undefined, ended.why);
  }

  function walk(incoming: WalkSignal): void {
    const script = state.getState().script;
    if (!script) return;
    const step = stepWalk(at.walk, incoming, script);
    if (step.state !== at.walk) void write({ ...at, walk: step.state }, step.facts);
  }

  // ---- what the agent does ----

  function calledToday(): ReadonlySet<string> {
    const { day } = state.getState();
    const tried = day?.calls.filter(({ record }) => wasTried(record.answered !== undefined, record.ended?.why)) ?? [];
    return new Set(tried.flatMap(({ record }) => record.dialed?.prospect ?? []));
  }

  let fetching = false;
  async function next(): Promise<void> {
    if (fetching) return;
    fetching = true;
    trouble = undefined;
    const lease = await stock.next(calledToday()).finally(() => { fetching = false; });
    if (!lease) {
      if (at.call.phase === "idle") void write(emptyStash, []);
      trouble = { kind: state.getState().sync.online ? "noProspects" : "offlineNoProspects" };
      refresh();
      return;
    }
    openCard(lease, [{ kind: "prospect.opened", prospect: lease.prospect.id, campaign: lease.prospect.campaign }]);
  }

  function practise(): void {
    const lease = practice.next();
    if (!lease) return;
    trouble = undefined;
    openCard(lease, []);
  }

  function openCard(lease: Lease, facts: readonly FactBody[]): void {
    const { prospect } = lease;
    known = new Map([...known, [prospect.id, `${prospect.firstName} ${prospect.lastName}, ${prospect.company}`]]);
    const { agent } = state.getState();
    void write({ ...emptyStash, lease }, [...(agent.state === "off" ? [{ kind: "shift.ready" } as const] : []), ...facts], [], { [NAMES]: [...known] });
    void phone.prepare();
  }

  function dial(): void {
    const { lease } = at;
    if (!lease) return;
    visit.close();
    undoableFor(undefined);
    const record = recorder.text("number", lease.prospect.phone);
    const uuid = crypto.randomUUID();
    const call = state.getState().practising ? practiceCallId(uuid) : uuid;
    signal(
      { type: "dial", at: Date.now(), call, campaign: lease.prospect.campaign, prospect: lease.prospect.id, number: record.id },
      { record, dial: lease.prospect.phone, first: practice.begun(lease, call) },
    );
  }

  function keep(field: "words" | "note"): void {
    const said = text[field].trim();
    const { call } = at;
    if (said === "" || call.phase === "idle") return;
    const record = recorder.text(field === "words" ? "verbatim" : "note", said.slice(0, 4000));
    const module = at.walk.phase === "open" ? current(at.walk) : undefined;
    const since = call.phase === "talking" ? call.since : call.phase === "ended" ? call.answeredAt : undefined;
    const second = since === undefined ? 0 : Math.max(0, Math.round((Math.min(Date.now(), call.phase === "ended" ? call.endedAt : Infinity) - since) / 1000));
    const unforeseen = field === "words" && text.unforeseen;
    const capture = { record: record.id, text: said, second, unforeseen, ...(module === undefined ? {} : { module }) };
    text = { ...text, [field]: "", unforeseen: field === "words" ? false : text.unforeseen };
    const handler = at.walk.phase === "open" ? at.walk.over?.handler : undefined;
    const fact: FactBody = field === "words"
      ? { kind: "verbatim.taken", call: call.call, record: record.id, second, unforeseen, ...(module === undefined ? {} : { module }), ...(handler === undefined ? {} : { handler }) }
      : { kind: "note.taken", call: call.call, record: record.id };
    void write(field === "words" ? { ...at, captures: [...at.captures, capture] } : at, [fact], [record], { [DRAFTS]: text });
  }

  function save(): void {
    const { call, choice } = at;
    if (call.phase !== "ended" || choice.outcome === undefined) return;
    keep("words");
    keep("note");
    const decisionMaker = call.answeredAt !== undefined && choice.decisionMaker;
    const { afterwards, before, ...stash } = at;
    undoableFor({ stash, call: call.call, outcome: choice.outcome });
    const same = before?.outcome === choice.outcome && (call.answeredAt !== undefined && before.decisionMaker) === decisionMaker;
    void write(afterwards ? { ...emptyStash, lease: afterwards } : emptyStash, same ? [] : [{ kind: "outcome.saved", call: call.call, outcome: choice.outcome, decisionMaker }])
      .then(() => stock.refill(calledToday()));
  }

  function undoableFor(what: typeof saved): void {
    clearTimeout(forget);
    saved = what;
    forget = setTimeout(() => { saved = undefined; refresh(); }, UNDO_FOR);
  }

  /** Opens the outcome that was just saved once more. What is saved then stands beside the first as its correction: facts stay. */
  function undo(): void {
    const { lease } = at;
    if (!saved || at.call.phase !== "idle") return;
    const { stash } = saved;
    saved = undefined;
    void write({ ...stash, before: stash.choice, ...(lease ? { afterwards: lease } : {}) }, []);
  }

  function correct(call: string, outcome: string, decisionMaker: boolean | undefined): void {
    const entry = state.getState().day?.calls.find(({ record }) => record.call === call);
    const before = entry?.record.outcome;
    if (!before) return;
    const next = { outcome, decisionMaker: entry.record.answered !== undefined && (decisionMaker ?? before.decisionMaker) };
    if (before.outcome === next.outcome && before.decisionMaker === next.decisionMaker) return;
    void write(at, [{ kind: "outcome.saved", call, ...next }]);
  }

  function likely(): readonly Handler[] {
    const { handlers, script } = state.getState();
    const module = at.walk.phase === "open" && script ? moduleOf(script, current(at.walk)) : undefined;
    const first = (module?.handlers ?? []).flatMap((id) => handlers.find((one) => one.id === id) ?? []);
    return [...first, ...handlers.filter((one) => !first.includes(one))].slice(0, 9);
  }

  function openHandler(handler: Handler | undefined): void {
    if (handler) walk({ type: "handler", handler: handler.id, version: handler.version, phrasings: handler.phrasings.length });
  }

  function focus(field: "find" | "words" | "note"): void {
    view.setState((old) => ({ focus: { field, asked: (old.focus?.asked ?? 0) + 1 } }));
  }

  function panel(which: NonNullable<DeskView["panel"]>): void {
    view.setState(({ panel: open, ...rest }) => (open === which ? rest : { ...rest, panel: which }), true);
  }
  function closePanel(): void {
    view.setState((old) => {
      const { panel: _, ...rest } = old;
      return rest;
    }, true);
  }

  const actions: Readonly<Record<CommandId, (argument: CommandArgument) => void>> = {
    next: () => void next(),
    call: dial,
    hangUp: () => signal({ type: "hangUp", at: Date.now() }),
    mute: () => { if (onLine(at.call)) signal({ type: "mute", on: !at.call.muted }); },
    hold: () => { if (at.call.phase === "talking") signal({ type: "hold", on: at.call.hold === "none" }); },
    keypad: () => panel("keypad"),
    answer({ answer, digit }) {
      const { script } = state.getState();
      const here = at.walk.phase === "open" && script ? moduleOf(script, current(at.walk)) : undefined;
      const id = answer ?? here?.answers[(digit ?? 0) - 1]?.id;
      if (id !== undefined) walk({ type: "answer", answer: id });
    },
    other() {
      text = { ...text, unforeseen: true };
      refresh();
      focus("words");
    },
    find: () => focus("find"),
    handler: ({ handler, digit }) =>
      openHandler(handler === undefined ? likely()[(digit ?? 0) - 1] : state.getState().handlers.find((one) => one.id === handler)),
    back: ({ index }) => walk(index === undefined ? { type: "back" } : { type: "goTo", index }),
    gist: () => view.setState(({ gistOnly }) => ({ gistOnly: !gistOnly })),
    words: () => focus("words"),
    note: () => focus("note"),
    outcome({ outcome, digit, call, decisionMaker }) {
      if (call !== undefined) {
        if (outcome !== undefined) correct(call, outcome, decisionMaker);
        return;
      }
      const { campaign } = state.getState();
      if (at.call.phase !== "ended" || !campaign) return;
      const code = outcome ?? outcomesFor(campaign, at.call.answeredAt !== undefined)[(digit ?? 0) - 1]?.code;
      if (code !== undefined) void write({ ...at, choice: { ...at.choice, outcome: code } }, []);
    },
    decisionMaker() {
      if (at.call.phase === "ended") {
        if (at.call.answeredAt !== undefined) void write({ ...at, choice: { ...at.choice, decisionMaker: !at.choice.decisionMaker } }, []);
      } else if (at.walk.phase === "open") walk({ type: "mark", mark: "decisionMaker", on: !at.walk.marks.includes("decisionMaker") });
    },
    save,
    practise,
    training: () => panel("training"),
    skip() {
      // Practice is left, not exchanged for somebody of the list.
      if (state.getState().practising) return void write(emptyStash, []);
      if (at.lease) stock.skip(at.lease.prospect.id);
      void next();
    },
    break({ reason }) {
      if (!reason) return panel("break");
      closePanel();
      phone.release();
      void write(stageOf(state.getState()) === "card" ? emptyStash : at, [{ kind: "shift.break", reason }]);
    },
    ready: () => void write(at, [{ kind: "shift.ready" }]),
    help: () => panel("help"),
    today: () => panel("today"),
    larger: () => size(2),
    smaller: () => size(-2),
    close() {
      if (view.getState().panel) return closePanel();
      if (!state.getState().welcome) return walk({ type: "leave" });
      visit.close();
      refresh();
    },
    welcome() {
      visit.open();
      refresh();
    },
    goOn({ way }) {
      if (way === "again") visit.again();
      else if (way === "unheard") visit.unheard();
      else if (visit.goOn() && state.getState().welcome?.practice) practise();
      refresh();
    },
    undo,
  };

  /** The newest draft goes to the disk as soon as the last one is there: letters typed meanwhile do not queue behind each other. */
  let keeping: Promise<void> | undefined;
  function keepDrafts(): void {
    const kept = text;
    keeping ??= journal.write({ remember: { [DRAFTS]: kept } }).catch(broken).finally(() => {
      keeping = undefined;
      if (text !== kept) keepDrafts();
    });
  }

  function size(by: number): void {
    view.setState(({ textSize }) => ({ textSize: Math.min(40, Math.max(18, textSize + by)) }));
    localStorage.setItem(SIZE, String(view.getState().textSize));
  }

  function run(id: CommandId, argument: CommandArgument = {}): void {
    const spec = commands.find((one) => one.id === id);
    // A correction in the list of today's calls is allowed whenever the list is open.
    const correction = id === "outcome" && argument.call !== undefined;
    if (!lock.held() || !spec || !(correction || spec.allowed(state.getState(), view.getState()))) return;
    actions[id](argument);
  }

  // ---- the world ----

  const stops = [
    recorder.known.subscribe(refresh), downlink.library.subscribe(refresh), uplink.state.subscribe(refresh),
    live.state.subscribe(refresh), stock.leases.subscribe(refresh), phone.line.subscribe(refresh), phone.microphone.subscribe(refresh),
    phone.onSignal((incoming) => signal(incoming)),
    live.state.subscribe((socket) => { if (socket === "open" && lock.held()) practice.ask(); }),
  ];
  // The pace moves with the clock, and a live call is noted as alive.
  const minute = setInterval(refresh, 30_000);
  const heartbeat = setInterval(beat, 1_000);
  function beat(): void {
    if (lock.held() && onLine(at.call)) markAlive(at.call.call, Date.now());
  }
  addEventListener("pagehide", beat);
  for (const event of ["online", "offline"]) addEventListener(event, refresh);

  async function begin(): Promise<void> {
    // Another tab may have gone on since this one was opened.
    await recorder.reload();
    at = (await journal.recall<Stash>(STASH)) ?? emptyStash;
    text = (await journal.recall<Drafts>(DRAFTS)) ?? emptyDrafts;
    if (onLine(at.call)) {
      // The page was closed or crashed in a call: its record is closed with the last moment that it is known to have lived.
      const lived = Math.max(at.call.since, lastAlive(at.call.call) ?? at.call.since);
      trouble = { kind: "callLost" };
      signal({ type: "failed", at: lived, call: at.call.call, why: "lost" });
    }
    if (look().agent.state === "off") void write(at, [{ kind: "shift.ready" }]);
    phone.start(phoneAccount);
    practice.ask();
    if (at.lease) void phone.prepare();
    refresh();
    await stock.refill(calledToday());
  }
  lock.onHeld(() => void begin().catch(broken));

  return {
    state, view, levels: phone.levels, run, keep,
    press(event) {
      const target = event.target;
      const inField = target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
      const meant = lock.held() ? commandFor(event, inField, state.getState(), view.getState()) : undefined;
      if (!meant) return false;
      // Enter and space on a focused button are the button's; a choice is made by space alone.
      if (target instanceof HTMLButtonElement && target.getAttribute("role") !== "radio" && event.code.endsWith("Enter")) return false;
      actions[meant.id](meant.argument);
      return true;
    },
    draft(field, value) {
      text = { ...text, [field]: value };
      refresh();
      keepDrafts();
    },
    find(typed) {
      if (typed.trim() === "") return likely();
      const { handlers } = state.getState();
      if (searching?.of !== handlers) searching = { of: handlers, search: handlerSearch(handlers, person.language) };
      return searching.search(typed).slice(0, 9);
    },
    tone: (digit) => phone.tone(digit),
    async leave() {
      if (lock.held() && onLine(at.call)) signal({ type: "hangUp", at: Date.now() });
      // After the end of the call: facts are written in the order in which they are made.
      await recorder.record([{ kind: "shift.ended" }]).catch(() => undefined);
      return at.call.phase === "idle" && storage === "ok";
    },
    async stop() {
      for (const stop of stops) stop();
      practice.stop();
      visit.stop();
      clearTimeout(forget);
      clearInterval(minute);
      clearInterval(heartbeat);
      removeEventListener("pagehide", beat);
      for (const event of ["online", "offline"]) removeEventListener(event, refresh);
      if (onLine(at.call)) signal({ type: "hangUp", at: Date.now() });
      await phone.stop();
      lock.release();
    },
  };
}
