interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}
export function vitestTally(file: string, code: number): Tally;
export function vitestFailures(file: string): string[];
export function vitestRetried(file: string): string[];
export function vitestTimes(file: string): { readonly file: string; readonly seconds: number }[];
export function sum(tallies: readonly Tally[]): Tally;
export function closingLine(tally: Tally): string;
