/**
 * What each figure should be. `ratio`: ours divided by the peer's. `most` and `least` are bounds that still meet the aim.
 * `of: "none"`: told without an aim.
 * @type {Record<string, { unit: string, of: "ratio" | "value" | "none", most?: number, least?: number }>}
 */
const AIMS = {
  "call.invite": { unit: "ms", of: "ratio", most: 0.1 },
  "call.answered": { unit: "ms", of: "ratio", most: 0.25 },
  "call.audio": { unit: "ms", of: "ratio", most: 0.5 },
  "call.invite.asterisk": { unit: "ms", of: "ratio", most: 0.1 },
  "call.answered.asterisk": { unit: "ms", of: "ratio", most: 0.25 },
  "call.audio.asterisk": { unit: "ms", of: "ratio", most: 0.5 },
  "call.reload": { unit: "ms", of: "value", most: 1000 },
  "sync.upload": { unit: "facts/s", of: "ratio", least: 7 },
  "size.desk": { unit: "KB", of: "value", most: 300 },
  "desk.next": { unit: "ms", of: "value", most: 8 },
  // A sixtieth of a second: the frame after.
  "desk.save": { unit: "ms", of: "value", most: 16 },
  "desk.save.frames": { unit: "frames", of: "value", most: 1 },
  "desk.start": { unit: "ms", of: "none" },
  "desk.start.work": { unit: "ms", of: "none" },
  // A quarter of a lead's processor at the most, with two hundred agents on the board.
  "lead.board": { unit: "ms/s", of: "value", most: 250 },
  "desk.search": { unit: "ms", of: "value", most: 8 },
  "floor.200.p50": { unit: "ms", of: "none" },
  "floor.200.p99": { unit: "ms", of: "value", most: 100 },
  "floor.disturbed.p99": { unit: "ms", of: "value", most: 100 },
  "floor.1000.p50": { unit: "ms", of: "none" },
  "floor.1000.p99": { unit: "ms", of: "value", most: 1000 },
  "floor.rate": { unit: "facts/s", of: "value", least: 210 },
  "floor.memory": { unit: "MB", of: "none" },
  "floor.disk": { unit: "MB/agent/month", of: "none" },
};

const round = (value) => (value === null ? null : Number(value.toPrecision(3)));

/** @param {{ name: string, value: number, peer?: string, peerValue?: number }} figure */
export function row({ name, value, peer = null, peerValue = null }) {
  const aim = AIMS[name];
  const ratio = peerValue === null ? null : value / peerValue;
  if (aim.of === "none") return { name, value: round(value), unit: aim.unit, peer, peerValue: null, ratio: null, aim: null, met: null };
  const weighed = aim.of === "ratio" ? ratio : value;
  const met = weighed !== null && weighed <= (aim.most ?? Infinity) && weighed >= (aim.least ?? -Infinity);
  const bound = aim.most === undefined ? `>= ${aim.least}` : `<= ${aim.most}`;
  return {
    name, value: round(value), unit: aim.unit, peer, peerValue: round(peerValue), ratio: round(ratio),
    aim: aim.of === "ratio" ? `${bound} of peer` : `${bound} ${aim.unit}`, met,
  };
}

/** @param {ReturnType<typeof row>[]} rows */
export function table(rows) {
  const columns = ["name", "value", "unit", "peer", "peerValue", "ratio", "aim", "met"];
  const cells = [columns, ...rows.map((one) => columns.map((column) => (column === "met" ? (one.met === null ? "" : one.met ? "yes" : "NO") : String(one[column] ?? ""))))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at].length)));
  return cells.map((line) => line.map((cell, at) => (["value", "peerValue", "ratio"].includes(columns[at]) ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join("  ").trimEnd()).join("\n");
}

/** @param {readonly number[]} values */
export const median = (values) => percentile(values, 0.5);

/** @param {readonly number[]} values @param {number} share 0 to 1 */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
