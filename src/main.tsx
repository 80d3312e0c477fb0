import { createRoot } from "react-dom/client";
import { createSession } from "#client/session/createSession.ts";
import type { Session } from "#client/session/session.ts";
import type { Station } from "#client/sync/station.ts";
import { App } from "#ui/App.tsx";

// The only place that knows both the machinery and the screens. Each person's machinery is loaded with the screen.
const session = createSession();
let station: Station | undefined;
const tell = (opened: Station): void => { station = opened; };

const leaving: Session = {
  ...session,
  async signOut() {
    const here = station;
    station = undefined;
    // A full disk must not keep anybody from leaving; the shift then ends without its mark.
    if (here?.person.role === "agent") await here.recorder.record([{ kind: "shift.ended" }]).catch(() => undefined);
    await here?.leave();
    await session.signOut();
  },
};

const root = document.getElementById("root");
if (!root) throw new Error("The page has no element to draw into.");
createRoot(root).render(
  <App
    session={leaving}
    openDesk={(person) => import("#client/desk/startDesk.ts").then(({ startDesk }) => startDesk(person, tell))}
    openLead={(person) => import("#client/wallboard/startLead.ts").then(({ startLead }) => startLead(person, tell))}
    openEditor={(person) => import("#client/scripts/startEditor.ts").then(({ startEditor }) => startEditor(person, tell))}
  />,
);

// The page opens without a network from here on. In development the files change under the worker, so it stays out.
if (import.meta.env.PROD && "serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js");
