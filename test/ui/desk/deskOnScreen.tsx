import type { Language } from "#domain/base/campaign.ts";
import { now } from "#ui/preview/content.ts";
import { deskPictures, type DeskPicture, type PictureName } from "#ui/preview/fixtures.ts";
import { previewDesk } from "#ui/preview/previewDesk.ts";
import { DeskScreen } from "#ui/screens/DeskScreen.tsx";
import { onScreen } from "../onScreen.tsx";

// jsdom knows the element but not its life.
if (!("show" in HTMLDialogElement.prototype)) {
  Object.assign(HTMLDialogElement.prototype, {
    show(this: HTMLDialogElement) { this.open = true; },
    showModal(this: HTMLDialogElement) { this.open = true; },
    close(this: HTMLDialogElement) { this.open = false; },
  });
}

/** The desk in one of its pictures, before an agent of one language; gives the desk, which keeps what was asked of it. */
export function deskOnScreen(name: PictureName, language: Language, change: (picture: DeskPicture) => DeskPicture = (picture) => picture): ReturnType<typeof previewDesk> {
  const desk = previewDesk(change(deskPictures(language)[name]));
  onScreen(<DeskScreen desk={desk} onSignOut={() => {}} />, language, now);
  return desk;
}

/** What was asked of the desk, without its arguments. */
export const askedOf = (desk: ReturnType<typeof previewDesk>): readonly string[] => desk.asked.map(({ id }) => id);
