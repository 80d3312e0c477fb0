import type { Person } from "#domain/base/campaign.ts";
import type { Leaving } from "#client/session/session.ts";
import { openStation } from "#client/sync/station.ts";
import type { Editor } from "./editor.ts";
import { DRAFT, openEditor } from "./openEditor.ts";

/** Puts together what a script editor works with. */
export async function startEditor(person: Person, tell: (leaving: Leaving) => void): Promise<Editor> {
  const station = await openStation(person, [DRAFT]);
  tell(station);
  const editor = await openEditor(station);
  return {
    ...editor,
    async stop() {
      await editor.stop();
      await station.stop();
    },
  };
}
