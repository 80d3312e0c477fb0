import type { Live } from "#client/sync/live.ts";

/** Where a person's phone is while it is not in this tab. */
export type Elsewhere = "tab" | "computer";

/** One desk of a person holds the phone: one tab of a browser (Web Locks), and one of all their browsers (the server's word). */
export interface DeskLock {
  readonly held: () => boolean;
  /** Asked while it is not held. */
  readonly elsewhere: () => Elsewhere;
  /** Each time that this tab gets the phone. `place`: where the agent was on the computer that gave it up. */
  readonly onHeld: (then: (place?: string) => void) => void;
  /** Something about the above has changed. */
  readonly onChange: (then: () => void) => void;
  /** The agent wants the phone here, with the call that is up. */
  readonly take: () => void;
  readonly onGive: (user: Giver) => void;
  readonly release: () => void;
}

/** Whose phone it is while it is here. */
export interface Giver {
  /** Before the phone goes: lets the call go on without this page, and tells where the agent is. */
  readonly give: (to: Elsewhere) => Promise<string>;
  /** The phone that was here is elsewhere now. */
  readonly gone: () => void;
  /** A call is up. */
  readonly busy: () => boolean;
}

/** How long another tab may take to give the phone up before it is taken for frozen, milliseconds. */
const GIVE_WITHIN = 3_000;
/** How long the server's word is waited for; without a network the phone is here, milliseconds. */
const WORD_WITHIN = 1_500;

type Said = { readonly type: "take" | "given" };

/** @param live by which the person's browsers hear of each other */
export function holdDesk(person: string, live: Pick<Live, "state" | "send" | "onMessage">): DeskLock {
  const name = `sufler-desk-${person}`;
  const channel = new BroadcastChannel(name);
  const released = new AbortController();
  /** This tab is the browser's. */
  let ours = false;
  let held = false;
  let where: Elsewhere = "tab";
  let release = (): void => undefined;
  let then: ((place?: string) => void) | undefined;
  let changed = (): void => undefined;
  let user: Giver | undefined;
  let giving: Promise<unknown> | undefined;
  let word: ReturnType<typeof setTimeout> | undefined;
  let taking: ReturnType<typeof setTimeout> | undefined;

  function queue(steal: boolean): void {
    navigator.locks.request(name, steal ? { steal } : { signal: released.signal }, () => {
      ours = true;
      where = "computer";
      askServer();
      return new Promise<void>((resolve) => { release = resolve; });
    }).catch((error: unknown) => {
      if (released.signal.aborted) return;
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
      // Another tab has taken it without waiting for us.
      lost("tab");
      queue(false);
    });
  }

  function askServer(): void {
    clearTimeout(word);
    if (live.send({ t: "hold" })) return;
    word = setTimeout(() => { if (ours && live.state.getState() !== "open") here(); }, WORD_WITHIN);
  }

  function here(place?: string): void {
    clearTimeout(word);
    if (held || !ours) return;
    held = true;
    then?.(place);
    changed();
  }

  function lost(to: Elsewhere): void {
    if (to === "tab") ours = false;
    where = to;
    const before = held;
    held = false;
    // Nobody asked us first: whatever is up here is left as it is, so that it can be taken up there.
    if (before) giving = user?.give("tab");
    changed();
    gone();
  }

  function gone(): void {
    void giving?.catch(() => undefined).then(() => user?.gone());
  }

  /** Lets go in good order. */
  async function give(to: Elsewhere): Promise<string> {
    where = to;
    held = false;
    changed();
    const given = user?.give(to);
    giving = given;
    return await given ?? "";
  }

  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.type === "take" && ours) {
      const done = held ? give("tab") : Promise.resolve("");
      void done.catch(() => "").then(() => {
        ours = false;
        channel.postMessage({ type: "given" } satisfies Said);
      });
    } else if (data.type === "given" && taking !== undefined) steal();
  };

  function steal(): void {
    clearTimeout(taking);
    taking = undefined;
    queue(true);
  }

  const stopListening = live.onMessage((message) => {
    if (message.t === "welcome" && ours) askServer();
    else if (message.t === "phone" && ours) {
      if (message.here) here(message.place);
      // The network was away and the phone went to another desk meanwhile: it comes back to the call that is up.
      else if (held && user?.busy()) live.send({ t: "take" });
      else lost("computer");
    } else if (message.t === "giveUp" && held) {
      void give("computer").catch(() => "").then((place) => live.send({ t: "give", place }));
    }
  });

  queue(false);

  return {
    held: () => held,
    elsewhere: () => where,
    onHeld(listener) {
      then = listener;
      if (held) listener();
    },
    onChange(listener) { changed = listener; },
    onGive(given) { user = given; },
    take() {
      if (held) return;
      if (ours) {
        live.send({ t: "take" });
        return;
      }
      channel.postMessage({ type: "take" } satisfies Said);
      taking ??= setTimeout(steal, GIVE_WITHIN);
    },
    release() {
      held = false;
      ours = false;
      live.send({ t: "free" });
      stopListening();
      clearTimeout(word);
      clearTimeout(taking);
      channel.close();
      release();
      released.abort();
    },
  };
}
