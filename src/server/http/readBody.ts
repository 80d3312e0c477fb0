import type { IncomingMessage } from "node:http";

export type BodyReading = { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly status: 400 | 413 | 415; readonly why: "json" | "size" | "type" | "encoding" | "cut" };

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a JSON body of at most `most` bytes; a larger one is refused before it is in memory. An empty one is an empty object. */
export async function readBody(request: IncomingMessage, most: number): Promise<BodyReading> {
  if (Number(request.headers["content-length"] ?? 0) > most) return { ok: false, status: 413, why: "size" };
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed when we stop early: the refusal still has to go out over this connection.
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) return { ok: false, status: 413, why: "size" };
      chunks.push(chunk);
    }
  } catch {
    // Whoever asked went away in the middle: nobody hears the answer, and no trouble of ours is to be told.
    return { ok: false, status: 400, why: "cut" };
  }
  if (size === 0) return { ok: true, body: {} };
  // A foreign page can send a form without asking first (CORS), but no JSON.
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers["content-type"] ?? "")) return { ok: false, status: 415, why: "type" };
  // Unpacked, a small body can be of any size.
  if (!/^(?:identity)?$/i.test(request.headers["content-encoding"] ?? "")) return { ok: false, status: 415, why: "encoding" };
  try {
    // JSON is UTF-8 (RFC 8259 section 8.1), and what is none would be stored as other letters than were sent.
    return { ok: true, body: JSON.parse(utf8.decode(Buffer.concat(chunks))) };
  } catch {
    return { ok: false, status: 400, why: "json" };
  }
}
