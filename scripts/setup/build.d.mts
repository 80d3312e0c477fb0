export function sourceDigest(folder?: string): string;
