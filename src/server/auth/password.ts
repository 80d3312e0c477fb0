import { hash, verify } from "@node-rs/argon2";
import { verifyPassword } from "better-auth/crypto";

/** Argon2id with 19 MiB, two passes and one lane: the first recommendation of OWASP's cheat sheet on storing passwords. Some tens of milliseconds. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PREFIX = "$argon2id$v=19$m=19456,t=2,p=1$";

/** The same letters, however the keyboard has put them together (й is one sign or two). */
const letters = (password: string): string => password.normalize("NFKC");

export const passwordHash = (password: string): Promise<string> => hash(letters(password), cost);

/** Also with the scrypt of earlier versions, which back-ups still hold. */
export const passwordMatches = (kept: string, password: string): Promise<boolean> =>
  kept.startsWith("$argon2") ? verify(kept, letters(password)) : verifyPassword({ hash: kept, password });

/** Was it made otherwise than `passwordHash` does today? */
export const isOutdated = (kept: string): boolean => !kept.startsWith(PREFIX);
