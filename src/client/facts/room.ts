/** What a disk that took nothing says about itself: it is full, or something else is wrong with it. */
export function diskTrouble(error: unknown): "full" | "broken" {
  // Quota of the browser (QuotaExceededError), or the disk itself: Chromium then says "IO error … FILE_ERROR_NO_SPACE" and closes the database.
  return error instanceof Error && /quota|no.?space|disk.{0,12}full/i.test(`${error.name} ${error.message}`) ? "full" : "broken";
}

/** Less than this left for us, bytes, and it is time to say so: some weeks of work. */
const LOW = 20 * 1024 * 1024;
const LOOK_EVERY = 5 * 60_000;

/** Tells when the room that the browser gives us gets low, and when it is enough again. Returns how to stop. Some browsers tell less than the truth. */
export function watchRoom(tell: (low: boolean) => void): () => void {
  const look = (): void => {
    navigator.storage.estimate().then(({ usage, quota }) => {
      if (usage !== undefined && quota !== undefined) tell(quota - usage < LOW);
    }, () => undefined); // a browser that does not tell
  };
  look();
  const timer = setInterval(look, LOOK_EVERY);
  return () => { clearInterval(timer); };
}

let asked = false;

/**
 * Asks the browser not to throw our data away when its disk gets full. Asked once there is something to lose and the person has just
 * pressed a key: some browsers put the question to the person.
 */
export function keepStored(): void {
  if (asked) return;
  asked = true;
  navigator.storage.persisted().then((already) => already || navigator.storage.persist()).catch(() => undefined);
}
