interface TestFile { readonly moduleId: string }
/** An order of test files for vitest: these (by how their paths end) first, then the others, largest first. */
export function longFirst(names: readonly string[]): new () => { sort<T extends TestFile>(files: T[]): T[]; shard<T>(files: T[]): T[] };
