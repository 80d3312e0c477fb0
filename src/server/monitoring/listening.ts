import { randomUUID } from "node:crypto";
import type { Person } from "#domain/base/campaign.ts";
import type { Connection } from "#server/live/connection.ts";
import { sees } from "#server/sync/sight.ts";
import type { ListenEnd, ToClient, ToServer } from "#wire/live.ts";

/** The word of this server without which nobody's voice is sent to anybody. */
export interface Listening {
  said(connection: Connection, message: Exclude<ToServer, { t: "hello" }>): void;
  gone(connection: Connection): void;
}

export interface ListeningDeps {
  readonly desksOf: (person: string) => readonly Connection[];
  readonly person: (id: string) => Promise<Person | undefined>;
  /** Durable before the agent's desk is told to send anything. */
  readonly started: (lead: string, agent: string, session: string) => Promise<void>;
  readonly ended: (lead: string, agent: string, session: string, why: ListenEnd) => Promise<void>;
  readonly trouble: (what: string, error: unknown) => void;
}

/** Leads who may hear one agent at the same time: each costs the agent's upload two voices. */
export const MOST_LISTENERS = 3;

interface Session { readonly id: string; readonly lead: Connection; readonly desk: Connection }

/** Who may listen to whom: only roles that see others' work, and only those whom they see (rule M1). */
export function mayListen(lead: Person, agent: Person): boolean {
  return (lead.role === "lead" || lead.role === "admin") && agent.role === "agent" && sees(lead, agent);
}

/** Makes listening sessions between a lead's socket and a desk's, hands their descriptions on, and ends them when either side goes. */
export function createListening(deps: ListeningDeps): Listening {
  const sessions = new Map<string, Session>();

  const end = (session: Session, why: ListenEnd, tell: readonly Connection[]): void => {
    if (!sessions.delete(session.id)) return;
    for (const one of tell) one.send({ t: "listenEnded", session: session.id, why });
    deps.ended(session.lead.person.id, session.desk.person.id, session.id, why)
      .catch((error: unknown) => deps.trouble("The end of listening could not be written to the audit log", error));
  };

  const listen = async (lead: Connection, ask: string, id: string): Promise<void> => {
    const refuse = (why: Extract<ToClient, { t: "refused" }>["why"]): void => lead.send({ t: "refused", ask, why });
    const agent = await deps.person(id);
    if (!agent || !mayListen(lead.person, agent)) return refuse("notAllowed");
    const desk = deps.desksOf(id).at(-1);
    if (!desk) return refuse("noDesk");
    // One socket hears one agent: a new wish ends the old one.
    for (const one of sessions.values()) if (one.lead === lead) end(one, "lead", [one.desk, one.lead]);
    if ([...sessions.values()].filter((one) => one.desk.person.id === id).length >= MOST_LISTENERS) return refuse("busy");
    const session: Session = { id: randomUUID(), lead, desk };
    sessions.set(session.id, session);
    await deps.started(lead.person.id, id, session.id);
    // Ended while it was being written down: the lead does not know its id yet.
    if (!sessions.has(session.id)) return refuse("noDesk");
    lead.send({ t: "listening", ask, session: session.id });
    desk.send({ t: "sendVoices", session: session.id });
  };

  return {
    said(from, message) {
      if (message.t === "listen") {
        listen(from, message.ask, message.agent).catch((error: unknown) => {
          deps.trouble("Listening could not be started", error);
          // Without the audit log nobody listens; the socket comes back and the lead can try again.
          from.close(1011, "trouble");
        });
        return;
      }
      const session = sessions.get(message.session);
      const other = session?.lead === from ? session.desk : session?.desk === from ? session.lead : undefined;
      // Late messages of a session that is over are ordinary; those of a stranger are not obeyed either.
      if (!session || !other) return;
      if (message.t === "signal") other.send(message);
      else end(session, message.why, [other]);
    },
    gone(connection) {
      for (const session of sessions.values()) {
        if (session.lead === connection) end(session, "leadGone", [session.desk]);
        else if (session.desk === connection) end(session, "agentGone", [session.lead]);
      }
    },
  };
}
