import { createRoot } from "react-dom/client";
import { createSession } from "#client/session/createSession.ts";
import type { Leaving, Session } from "#client/session/session.ts";
import { askToSend } from "#client/sync/askToSend.ts";
import { App } from "#ui/App.tsx";

// The only place that knows both the machinery and the screens. Each person's machinery is loaded with the screen.
const session = createSession();
let here: Leaving | undefined;
const tell = (opened: Leaving): void => { here = opened; };

const orderly: Session = {
  ...session,
  async signOut() {
    const left = here;
    here = undefined;
    await left?.leave();
    await session.signOut();
  },
};

const root = document.getElementById("root");
if (!root) throw new Error("The page has no element to draw into.");
createRoot(root).render(
  <App
    session={orderly}
    openDesk={(person) => import("#client/desk/startDesk.ts").then(({ startDesk }) => startDesk(person, tell))}
    openLead={(person) => import("#client/wallboard/startLead.ts").then(({ startLead }) => startLead(person, tell))}
    openEditor={(person) => import("#client/scripts/startEditor.ts").then(({ startEditor }) => startEditor(person, tell))}
    openAdmin={(person) => import("#client/admin/openAdmin.ts").then(({ openAdmin }) => openAdmin(person))}
  />,
);

// The page opens without a network from here on. In development the files change under the worker, so it stays out.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  void navigator.serviceWorker.register("/sw.js");
  // What was left here when the last page was closed, by whomever.
  askToSend();
}
