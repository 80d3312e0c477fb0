/** What is done while the desk still reads from the disk where it was left: it is done when that is known, in its order. */
export interface OnceFound {
  /** True: the work was put off. */
  readonly later: (work: () => void) => boolean;
  /** The place is being read. */
  readonly seek: () => void;
  /** It is known; what was put off is done. */
  readonly found: () => void;
}

/**
 * Another tab may have gone on since a page was opened, so the place is read anew when the phone has come to it, and a key pressed
 * meanwhile would be overwritten by what is read: an outcome that was chosen then was gone, and Enter saved the one proposed.
 */
export function createOnceFound(): OnceFound {
  let put: (() => void)[] | undefined;
  return {
    later(work) {
      put?.push(work);
      return put !== undefined;
    },
    seek() { put ??= []; },
    found() {
      const due = put ?? [];
      put = undefined;
      for (const work of due) work();
    },
  };
}
