/** After which the page is no longer waited for, milliseconds: the next call may be a second away. */
const PATIENCE = 300;

/** Resolves when a frame has been painted and the page has time left: what is only prepared must not hold up what a key has just shown. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      // Safari has no such callback.
      if ("requestIdleCallback" in globalThis) requestIdleCallback(() => { resolve(); }, { timeout: PATIENCE });
      else resolve();
    }, 50);
  });
}
