import { statSync } from "node:fs";

/**
 * An order of test files for vitest: these first, the longest first, then the others by size. Left to the end, as a small file is that
 * plays a hundred days, a long one runs alone while the other cores stand still.
 * @param {readonly string[]} names how the paths of the long ones end
 */
export function longFirst(names) {
  const place = ({ moduleId }) => {
    const at = names.findIndex((name) => moduleId.endsWith(`/${name}`));
    return at < 0 ? names.length : at;
  };
  return class LongFirst {
    sort(files) {
      const size = new Map(files.map((file) => [file, statSync(file.moduleId).size]));
      return files.toSorted((a, b) => place(a) - place(b) || size.get(b) - size.get(a));
    }
    shard(files) {
      return files;
    }
  };
}
