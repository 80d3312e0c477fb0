/** What each player was last asked for: the browser shows it only when it is done, and that can take a while. */
const wanted = new WeakMap<object, string>();

/**
 * Plays on that device, by the browser's id ("" is the computer's own), where the browser can (W3C audio-output);
 * on the computer's own when it has just gone. Never rejects.
 */
export async function playThrough(player: HTMLMediaElement | AudioContext, id: string): Promise<void> {
  const able = player as unknown as { readonly sinkId?: unknown; setSinkId?: (id: string) => Promise<void> };
  if (!able.setSinkId || (wanted.get(player) ?? "") === id) return;
  wanted.set(player, id);
  await able.setSinkId(id).catch(() => {
    if (wanted.get(player) !== id) return undefined;
    // Asked for once more, it is tried once more.
    wanted.set(player, "");
    return able.setSinkId?.("").catch(() => undefined);
  });
  // Of two askings at once the browser may finish the earlier one last.
  const last = wanted.get(player) ?? "";
  if (last !== id && able.sinkId !== last) await able.setSinkId(last).catch(() => undefined);
}
