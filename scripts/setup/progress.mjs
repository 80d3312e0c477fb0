/**
 * Says that something is under way: on a terminal one line that is rewritten, elsewhere (a service's log, CI) a plain line
 * every two seconds.
 * @param {string} what "Installing packages"
 * @returns {{ note(detail: string): void, done(): void, failed(): void }}
 */
export function progress(what) {
  const began = Date.now();
  const terminal = process.stdout.isTTY === true;
  let detail = "";
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const line = () => `${what}: ${seconds()}${detail === "" ? "" : `, ${detail}`}`;
  const show = () => {
    if (terminal) process.stdout.write(`\r\u001b[K${line()}`);
    else console.log(line());
  };
  if (terminal) show();
  else console.log(`${what} ...`);
  const timer = setInterval(show, terminal ? 200 : 2000);
  const end = (word) => {
    clearInterval(timer);
    if (terminal) process.stdout.write("\r\u001b[K");
    console.log(`${what}: ${word} after ${seconds()}`);
  };
  return {
    note(text) {
      detail = text;
    },
    done: () => end("done"),
    failed: () => end("failed"),
  };
}
