import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from "node:fs";

/** A log beyond this many bytes is put aside as `….old`, in place of the one before. */
const MOST = 10 * 1024 * 1024;

/** For so long, milliseconds, lines wait for others. */
const TOGETHER = 50;

/** A log in a file that only its owner can read. Losing lines (full disk) must not stop the work: `lost` hears of it once. */
export function openLogFile(path: string, lost: (error: Error) => void): { write(line: string): void; close(): Promise<void> } {
  let size = existsSync(path) ? statSync(path).size : 0;
  let told = false;
  const open = (): WriteStream => {
    const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
    stream.on("error", (error) => {
      if (!told) lost(error);
      told = true;
    });
    return stream;
  };
  let stream = open();
  return {
    write(line) {
      const text = `${new Date().toISOString()} ${line}\n`;
      size += Buffer.byteLength(text);
      if (size > MOST) {
        stream.end();
        try { renameSync(path, `${path}.old`); } catch (error) { lost(error as Error); }
        size = Buffer.byteLength(text);
        stream = open();
      }
      // Lines of the same moment go to the disk together: a busy floor has hundreds of them a second.
      if (stream.writableCorked === 0) {
        stream.cork();
        const corked = stream;
        setTimeout(() => corked.uncork(), TOGETHER);
      }
      stream.write(text);
    },
    close: () => new Promise((resolve) => { stream.end(() => resolve()); stream.once("error", () => resolve()); }),
  };
}
