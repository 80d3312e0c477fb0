import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** The routes of the page: all are answered by the one index.html, and the page's own router does the rest. */
export const pageRoutes = ["/", "/sign-in", "/desk", "/lead", "/scripts", "/handoffs", "/lists", "/reports", "/process", "/admin"] as const;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json",
  ".webmanifest": "application/manifest+json", ".map": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon",
  ".woff2": "font/woff2", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
};
const compressible = new Set([".html", ".js", ".css", ".json", ".webmanifest", ".map", ".svg", ".txt", ".wasm"]);

interface Loaded {
  readonly changed: number;
  readonly plain: Buffer<ArrayBuffer>;
  readonly etag: string;
  packed: Partial<Record<"br" | "gzip", Promise<Buffer<ArrayBuffer>>>>;
}

/** The built page, as files. Each is read and packed once, and again when it has changed. */
export interface StaticFiles {
  /** Undefined when there is no such file. `path` as in the URL, decoded or not. */
  answer(path: string, headers: Headers): Promise<Response | undefined>;
}

/** @param folder where the build lies, such as dist/client */
export function staticFiles(folder: string): StaticFiles {
  const cache = new Map<string, Loaded>();

  const load = async (name: string): Promise<Loaded | undefined> => {
    const path = normalize(join(folder, name));
    if (!path.startsWith(normalize(folder) + sep)) return undefined;
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const known = cache.get(path);
    if (known?.changed === found.mtimeMs) return known;
    const plain = await readFile(path);
    const fresh: Loaded = { changed: found.mtimeMs, plain, etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`, packed: {} };
    cache.set(path, fresh);
    return fresh;
  };

  return {
    async answer(path, headers) {
      const name = fileOf(path);
      const file = name === undefined ? undefined : await load(name);
      if (name === undefined || !file) return undefined;
      const kind = extname(name);
      const packs = compressible.has(kind) && file.plain.length > 1024;
      const out = new Headers({
        "content-type": types[kind] ?? "application/octet-stream",
        // Vite puts a hash of the content into the names under assets/, so those never change; everything else is asked for anew.
        "cache-control": name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        etag: file.etag,
        ...(packs ? { vary: "accept-encoding" } : {}),
      });
      if (headers.get("if-none-match")?.split(",").some((one) => one.trim().replace(/^W\//, "") === file.etag)) return new Response(null, { status: 304, headers: out });
      const encoding = !packs ? undefined : accepts(headers, "br") ? "br" : accepts(headers, "gzip") ? "gzip" : undefined;
      if (!encoding) return new Response(file.plain, { headers: out });
      out.set("content-encoding", encoding);
      const pack = (file.packed[encoding] ??= encoding === "br"
        ? brotli(file.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) as Promise<Buffer<ArrayBuffer>>
        : zip(file.plain, { level: 9 }) as Promise<Buffer<ArrayBuffer>>);
      return new Response(await pack, { headers: out });
    },
  };
}

/** Does the browser take this packing (RFC 9110 section 12.5.3)? */
export function accepts(headers: Headers, encoding: "br" | "gzip"): boolean {
  return (headers.get("accept-encoding") ?? "").split(",").some((one) => one.split(";")[0]?.trim() === encoding && !/;\s*q=0(\.0*)?\s*$/.test(one));
}

function fileOf(path: string): string | undefined {
  if ((pageRoutes as readonly string[]).includes(path.replace(/(?<=.)\/$/, ""))) return "index.html";
  try {
    const name = decodeURIComponent(path).slice(1);
    return name === "" || name.includes("\0") || name.split("/").some((part) => part.startsWith(".")) ? undefined : name;
  } catch {
    return undefined;
  }
}
