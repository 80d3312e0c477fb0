/**
 * Plays on that device, by the browser's id ("" is the computer's own), where the browser can (W3C audio-output);
 * on the computer's own when it has just gone. Never rejects.
 */
export async function playThrough(player: HTMLMediaElement | AudioContext, id: string): Promise<void> {
  const able = player as unknown as { readonly sinkId?: unknown; setSinkId?: (id: string) => Promise<void> };
  if (!able.setSinkId || (able.sinkId ?? "") === id) return;
  await able.setSinkId(id).catch(() => (id === "" ? undefined : able.setSinkId?.("").catch(() => undefined)));
}
