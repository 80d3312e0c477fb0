import { isLoopback, type Settings } from "./settings.ts";

export type DemoChoice = { readonly ok: true; readonly demo: boolean } | { readonly ok: false; readonly problem: string };

/**
 * Whether this is a demo: decided at a data folder's first start and remembered, so that no company ever wakes up with demo
 * people in it, nor a demo with its well-known password on the network.
 * @param remembered what the data folder or its database remembers; null at the first start
 */
export function demoChoice(settings: Pick<Settings, "demo" | "host" | "publicUrl" | "dataDir">, remembered: boolean | null): DemoChoice {
  const { demo: asked, dataDir } = settings;
  const reachable = !isLoopback(settings.host) || (settings.publicUrl !== null && !isLoopback(new URL(settings.publicUrl).hostname));
  if (remembered === null) return { ok: true, demo: asked ?? !reachable };
  if (remembered && reachable && asked !== true)
    return { ok: false, problem: `The data folder ${dataDir} holds the demo, whose password everybody may know, and is not for a HOST or PUBLIC_URL that others can reach: name another folder with DATA_DIR.` };
  if (asked !== null && asked !== remembered)
    return { ok: false, problem: `DEMO=${asked ? "on" : "off"}, but the data folder ${dataDir} was begun ${remembered ? "with" : "without"} the demo, which cannot be changed: name another folder with DATA_DIR.` };
  return { ok: true, demo: remembered };
}
