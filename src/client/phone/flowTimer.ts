/** How long the server may take to answer a breath, milliseconds (RFC 5626 4.4.1). */
const ANSWER_WITHIN = 10_000;

/** Breathes on a connection as often as its server has asked for (Flow-Timer, RFC 5626 4.4.1 and 5.4): a server that hears nothing lets us go, and one that does not answer has gone. */
export interface FlowTimer {
  /** @param seconds what the registrar said last; undefined: it wants none */
  every(seconds: number | undefined): void;
  stop(): void;
}

/** @param gone the server does not answer any more */
export function createFlowTimer(socket: () => WebSocket | undefined, gone: () => void): FlowTimer {
  let asked: number | undefined;
  let breathing: ReturnType<typeof setInterval> | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function breathe(): void {
    const on = socket();
    if (on?.readyState !== WebSocket.OPEN) return stop();
    if (waiting !== undefined) return;
    on.addEventListener("message", () => {
      clearTimeout(waiting);
      waiting = undefined;
    }, { once: true });
    waiting = setTimeout(() => {
      waiting = undefined;
      gone();
    }, ANSWER_WITHIN);
    on.send("\r\n\r\n");
  }

  function stop(): void {
    clearInterval(breathing);
    clearTimeout(waiting);
    asked = breathing = waiting = undefined;
  }

  return {
    stop,
    every(seconds) {
      if (seconds === asked) return;
      stop();
      asked = seconds;
      if (seconds !== undefined) breathing = setInterval(breathe, seconds * 800);
    },
  };
}
