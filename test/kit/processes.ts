import { readdirSync, readFileSync } from "node:fs";

/** A process and all that it has started, parents first. */
export function family(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch { /* It has ended meanwhile. */ }
  }
  const all = [pid];
  for (let at = 0; at < all.length; at += 1) for (const [child, parent] of parents) if (parent === all[at]) all.push(child);
  return all;
}

/** The browser's own process: the one with this profile that is no child of it. */
export function browserPid(profile: string): number {
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
      if (command.includes(`--user-data-dir=${profile}`) && !command.includes("--type=")) return Number(name);
    } catch { /* It has ended meanwhile. */ }
  }
  throw new Error("the browser's process was not found");
}
