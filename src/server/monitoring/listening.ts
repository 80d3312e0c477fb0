import { randomUUID } from "node:crypto";
import type { Person } from "#domain/base/campaign.ts";
import type { Connection } from "#server/live/connection.ts";
import { sees } from "#server/sync/sight.ts";
import type { ListenEnd, ToClient, ToServer } from "#wire/live.ts";

/** The word of this server without which nobody's voice is sent to anybody. */
export interface Listening {
  said(connection: Connection, message: Extract<ToServer, { t: "listen" | "signal" | "unlisten" }>): void;
  gone(connection: Connection): void;
  /** Ends what nobody may hear any more: a lead or an agent has got another role or team (rule M1). */
  check(): Promise<void>;
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

interface Session {
  readonly id: string;
  readonly agent: string;
  readonly lead: Connection;
  /** The agent's sockets that may still have the call: one tab holds the phone, and only it knows that it does. */
  readonly asked: Set<Connection>;
  /** The one that sent its voices. */
  desk?: Connection;
}

/** Who may listen to whom: only roles that see others' work, and only those whom they see (rule M1). */
export function mayListen(lead: Person, agent: Person): boolean {
  return (lead.role === "lead" || lead.role === "admin") && agent.role === "agent" && sees(lead, agent);
}

/** Makes listening sessions between a lead's socket and a desk's, hands their descriptions on, and ends them when either side goes. */
export function createListening(deps: ListeningDeps): Listening {
  const sessions = new Map<string, Session>();

  const partiesOf = ({ lead, desk, asked }: Session): readonly Connection[] => [lead, ...(desk ? [desk] : asked)];

  /** @param silent who knows already */
  const end = (session: Session, why: ListenEnd, silent?: Connection): void => {
    if (!sessions.delete(session.id)) return;
    for (const one of partiesOf(session)) if (one !== silent) one.send({ t: "listenEnded", session: session.id, why });
    deps.ended(session.lead.person.id, session.agent, session.id, why)
      .catch((error: unknown) => deps.trouble("The end of listening could not be written to the audit log", error));
  };

  /** A desk that has no call, or is gone: the session lives on while another may have it. */
  const decline = (session: Session, desk: Connection, why: ListenEnd): void => {
    session.asked.delete(desk);
    if (session.desk === desk || session.asked.size === 0) end(session, why, desk);
  };

  /** By what both are at this moment: the socket may have been opened under another role. */
  const allowed = async (lead: Connection, id: string): Promise<boolean> => {
    const [asker, agent] = await Promise.all([deps.person(lead.person.id), deps.person(id)]);
    return asker !== undefined && agent !== undefined && mayListen(asker, agent);
  };

  const listen = async (lead: Connection, ask: string, id: string): Promise<void> => {
    const refuse = (why: Extract<ToClient, { t: "refused" }>["why"]): void => lead.send({ t: "refused", ask, why });
    if (!(await allowed(lead, id))) return refuse("notAllowed");
    const desks = deps.desksOf(id);
    if (desks.length === 0) return refuse("noDesk");
    // One socket hears one agent: a new wish ends the old one.
    for (const one of sessions.values()) if (one.lead === lead) end(one, "lead");
    if ([...sessions.values()].filter((one) => one.agent === id).length >= MOST_LISTENERS) return refuse("busy");
    const session: Session = { id: randomUUID(), agent: id, lead, asked: new Set(desks) };
    sessions.set(session.id, session);
    await deps.started(lead.person.id, id, session.id);
    // Ended while it was being written down: the lead does not know its id yet.
    if (!sessions.has(session.id)) return refuse("noDesk");
    lead.send({ t: "listening", ask, session: session.id });
    for (const desk of session.asked) desk.send({ t: "sendVoices", session: session.id });
  };

  /** The first desk that sends its voices is the one with the call; the others are told to stop. */
  const hear = (session: Session, from: Connection, message: Extract<ToServer, { t: "signal" }>): void => {
    if (from === session.lead) return session.desk?.send(message);
    if (!session.desk) {
      session.desk = from;
      for (const other of session.asked) if (other !== from) other.send({ t: "listenEnded", session: session.id, why: "lead" });
    }
    if (session.desk === from) session.lead.send(message);
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
      // Late messages of a session that is over are ordinary; those of a stranger are not obeyed either.
      if (!session || (session.lead !== from && !session.asked.has(from))) return;
      if (message.t === "signal") hear(session, from, message);
      else if (from === session.lead) end(session, message.why, from);
      else decline(session, from, message.why);
    },
    async check() {
      for (const session of sessions.values()) if (!(await allowed(session.lead, session.agent))) end(session, "notAllowed");
    },
    gone(connection) {
      for (const session of sessions.values()) {
        if (session.lead === connection) end(session, "leadGone", connection);
        else if (session.asked.has(connection)) decline(session, connection, "agentGone");
      }
    },
  };
}
