interface Locked {
  readonly version?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}
export function missingPackages(wanted: Readonly<Record<string, Locked>>, present: Readonly<Record<string, Locked>>, machine: { readonly platform: string; readonly arch: string; readonly libc: string }): string[];
export function installProblem(code: number, output: string, left: readonly string[]): string;
