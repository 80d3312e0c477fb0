/** What a key means on the lead's screen. */
export type BoardCommand = "up" | "down" | "first" | "last" | "listen" | "trouble" | "stop";

/** Where a held key may go on: moving through rows, and nothing that speaks to the server. */
const mayRepeat: ReadonlySet<BoardCommand> = new Set(["up", "down"]);

/** Physical keys, so that a Russian layout works alike. */
export const boardKeys: { readonly [code: string]: BoardCommand } = {
  ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last", Enter: "listen", NumpadEnter: "listen", KeyL: "listen", KeyN: "trouble", Escape: "stop",
};

type Pressed = Pick<KeyboardEvent, "code" | "repeat" | "ctrlKey" | "altKey" | "metaKey" | "shiftKey">;

/** What a pressed key means now, given where the focus is: keys of fields and buttons stay theirs. */
export function boardCommand(key: Pressed, focus: "field" | "button" | "elsewhere"): BoardCommand | undefined {
  if (key.ctrlKey || key.altKey || key.metaKey || key.shiftKey) return undefined;
  const command = boardKeys[key.code];
  if (command === undefined || (key.repeat && !mayRepeat.has(command))) return undefined;
  if (command === "stop") return command;
  if (focus === "field" || (focus === "button" && key.code.endsWith("Enter"))) return undefined;
  return command;
}
