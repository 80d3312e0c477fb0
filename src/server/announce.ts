/** What the terminal shows once people can sign in. */
export interface Announcement {
  readonly url: string;
  /** null: no demo */
  readonly demo: { readonly people: readonly DemoPerson[]; readonly password: string } | null;
}

export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** The lines of the terminal; their beginnings are relied upon by people and programs. */
export function announcement({ url, demo }: Announcement): string[] {
  const ready = `Sufler is ready: ${url}`;
  if (demo === null) return [ready];
  const width = Math.max(...demo.people.map((person) => person.email.length));
  return [ready, "", ...demo.people.map((person) => `  ${person.email.padEnd(width)}  ${person.role}, ${person.name}`), `  Password for all of them: ${demo.password}`];
}
