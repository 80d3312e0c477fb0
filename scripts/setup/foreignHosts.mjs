// What runs in the browser speaks with nobody but the company's own servers, and so names nobody else's.

/** What libraries name: a STUN server that they would ask if nobody named another one, and links in their messages. */
const NAMED = [
  [/\[\{ urls: "stun:stun\.l\.google\.com:19302" \}\]/g, "[]"],
  [/https?:\/\/(?:react\.dev\/errors|tinyurl\.com|bit\.ly|reactrouter\.com)\//g, "/"],
];

/** A module's text without them. */
export const withoutForeignHosts = (text) => NAMED.reduce((left, [named, instead]) => left.replace(named, instead), text);

/** Addresses of other machines that a text names. The names of XML are no addresses, and .example is nobody's (RFC 2606). */
export function foreignHosts(text) {
  return [...text.matchAll(/(?:\b(?:https?|wss?|ftp):\/\/|(?<=["'`])(?:stun|turn)s?:(?:\/\/)?)(?!127\.0\.0\.1|localhost\b|\$\{|www\.w3\.org\/|[\w.-]+\.example(?![\w.-]))[\w-]+(?:\.[\w-]+)+/g)].map(([host]) => host);
}

/** For Vite: takes what libraries name out, and makes no bundle that names anybody. */
export function noForeignHosts() {
  return {
    name: "sufler-no-foreign-hosts",
    apply: "build",
    transform(code) {
      const without = withoutForeignHosts(code);
      return without === code ? null : { code: without, map: null };
    },
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        const [host] = foreignHosts(file.type === "chunk" ? file.code : Buffer.from(file.source).toString("latin1"));
        if (host !== undefined) this.error(`${file.fileName} names a foreign host: ${host}. What runs in the browser names none (scripts/setup/foreignHosts.mjs).`);
      }
    },
  };
}

/** Parts of sip.js that this phone brings itself, and what they give instead: code that nobody runs, and a STUN server of somebody else's. */
const REPLACED = {
  // client/phone/callMedia.ts
  "platform/web/session-description-handler/session-description-handler-factory-default.js": "defaultSessionDescriptionHandlerFactory = () => () => {",
  // client/phone/digest.ts
  "core/messages/digest-authentication.js": "DigestAuthentication = function () {",
};

/** For Vite: leaves those parts out. */
export function ownParts() {
  return {
    name: "sufler-own-parts",
    apply: "build",
    enforce: "pre",
    load(id) {
      const begins = REPLACED[id.replaceAll("\\", "/").split("/sip.js/lib/")[1] ?? ""];
      return begins ? `export const ${begins} throw new Error("The phone brings its own"); };` : null;
    },
  };
}
