import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, closeSync, constants, existsSync, fchownSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { StartProblem, codeOf } from "#server/startProblem.ts";
import { folderLock } from "./folderLock.ts";

const memorySchema = z.object({
  format: z.literal(1),
  demo: z.boolean().optional(),
  demoPassword: z.string().optional(),
  secret: z.string().optional(),
  postgres: z.object({ place: z.string(), password: z.string(), port: z.number() }).optional(),
});

/** What a data folder remembers from its first start on: `sufler.json`, readable by its owner alone. */
export type FolderMemory = z.infer<typeof memorySchema>;

/** A data folder in use by this process. */
export interface DataFolder {
  readonly path: string;
  readonly memory: () => FolderMemory;
  /** Durable before it returns. */
  remember(part: Partial<FolderMemory>): void;
  /** Lets another process have the folder. */
  release(): void;
}

/**
 * Takes the data folder for this process and makes it when it is not there.
 * @throws StartProblem when it cannot be made, written or read, or when another Sufler process has it
 */
export function openDataFolder(path: string): DataFolder {
  try {
    makeFolder(path);
    const release = folderLock(path);
    try {
      let memory = readMemory(path);
      return {
        path,
        memory: () => memory,
        remember(part) {
          const next = { ...memory, ...part };
          const content = JSON.stringify(next, null, 2);
          if (content !== JSON.stringify(memory, null, 2)) writeDurably(path, "sufler.json", content);
          memory = next;
        },
        release,
      };
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    throw folderProblem(path, error);
  }
}

/** What a data folder remembers, without taking it; null when there is none. @throws StartProblem when it cannot be read */
export function memoryOf(path: string): FolderMemory | null {
  try {
    return existsSync(join(path, "sufler.json")) ? readMemory(path) : null;
  } catch (error) {
    throw folderProblem(path, error);
  }
}

/** Turns a system error about the data folder into its sentence; any other error stays as it is. */
export function folderProblem(path: string, error: unknown): unknown {
  switch (codeOf(error)) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new StartProblem(`The data folder ${path} may not be written to: change its permissions, or name another one with DATA_DIR.`);
    case "ENOSPC":
    case "EDQUOT":
      return new StartProblem(`The disk that holds the data folder ${path} is full: make room, or name another folder with DATA_DIR.`);
    case "ENOTDIR":
    case "EEXIST":
      return new StartProblem(`The data folder ${path} cannot be made, because a file has that name: name another one with DATA_DIR.`);
    default:
      return error;
  }
}

/** Makes a folder and those above it, one after the other: where a file system takes none and says ENOENT (/proc), Node's recursive mkdir tries for ever. */
export function makeFolders(path: string): void {
  const missing: string[] = [];
  let above = path;
  for (; !existsSync(above); above = dirname(above)) missing.unshift(above);
  // Asked first, because a read-only disk says ENOENT too.
  if (missing.length > 0 && statSync(above).isDirectory()) accessSync(above, constants.W_OK);
  for (const one of missing) mkdirSync(one);
}

function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw Object.assign(new Error("not a folder"), { code: "ENOTDIR" });
    return;
  }
  try {
    makeFolders(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") throw new StartProblem(`The data folder ${path} cannot be made: that place takes no folders. Name another one with DATA_DIR.`);
    throw error;
  }
  // The database runs as a user of its own when Sufler runs as root: that user must be able to pass through, not to look around.
  chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
}

function readMemory(path: string): FolderMemory {
  const file = join(path, "sufler.json");
  if (!existsSync(file)) return { format: 1 };
  try {
    return memorySchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (codeOf(error) !== null) throw error;
    throw new StartProblem(`${file} cannot be understood: it is damaged or from a newer version; restore it from a back-up, or name another folder with DATA_DIR.`);
  }
}

/** Replaces a file so that after a power cut either the old or the new content is there, never half of one. */
function writeDurably(folder: string, name: string, content: string): void {
  const draft = join(folder, `${name}.${randomBytes(4).toString("hex")}`);
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      writeSync(file, content);
      // Once started as root over somebody's folder, that person must still be able to start it afterwards.
      const { uid, gid } = statSync(folder);
      if (process.getuid?.() === 0) fchownSync(file, uid, gid);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, join(folder, name));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  if (process.platform === "win32") return; // Windows syncs no folders
  const directory = openSync(folder, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
