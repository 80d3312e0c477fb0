import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bestChallenge, digestResponse } from "#client/phone/digest.ts";

const answer = (...challenges: string[]): string =>
  ["SIP/2.0 401 Unauthorized", "Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1", ...challenges.map((one) => `WWW-Authenticate: ${one}`), "Content-Length: 0", "", ""].join("\r\n");
const sha = 'Digest realm="r", nonce="n1", algorithm=SHA-256, qop="auth"';
const md5 = 'Digest realm="r", nonce="n2", algorithm=MD5, qop="auth"';
const strange = 'Digest realm="r", nonce="n3", algorithm=SHA-512, qop="auth"';
const longer = 'Digest realm="r", nonce="n4", algorithm=SHA-512-256, qop="auth"';

describe("the answer to a challenge", () => {
  it("is that of RFC 7616 section 3.9.1 for SHA-256", () => {
    expect(digestResponse({
      user: "Mufasa", password: "Circle of Life", realm: "http-auth@example.org", nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
      nc: "00000001", cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", method: "GET", uri: "/dir/index.html", algorithm: "SHA-256",
    })).toBe("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
  });

  it.each([["SHA-256", "sha256"], ["SHA-512-256", "sha512-256"]] as const)("takes signs beyond ASCII as UTF-8 (%s)", (algorithm, name) => {
    const hash = (text: string): string => createHash(name).update(text, "utf8").digest("hex");
    expect(digestResponse({ user: "анна", password: "пароль", realm: "r", nonce: "n", nc: "00000001", cnonce: "c", method: "REGISTER", uri: "sip:r", algorithm }))
      .toBe(hash(`${hash("анна:r:пароль")}:n:00000001:c:auth:${hash("REGISTER:sip:r")}`));
  });

  it("goes to the best one that is offered, in whatever order", () => {
    for (const offers of [[sha, md5], [md5, sha], [strange, sha, md5], [md5, strange, sha]]) expect(bestChallenge(answer(...offers))).toBe(answer(sha));
    for (const offers of [[longer, md5], [md5, longer, strange]]) expect(bestChallenge(answer(...offers))).toBe(answer(longer));
    expect(bestChallenge(answer(strange, md5))).toBe(answer(md5));
    expect(bestChallenge(answer(strange))).toBe(answer(strange));
  });

  it("leaves everything else as it came", () => {
    for (const message of [answer(md5), answer().replace("401", "200"), "INVITE sip:a SIP/2.0\r\n\r\nWWW-Authenticate: x\r\nWWW-Authenticate: y", "", "SIP/2.0 401 x"])
      expect(bestChallenge(message)).toBe(message);
    const withBody = answer(md5, sha).replace("\r\n\r\n", "\r\n\r\nWWW-Authenticate: in the body");
    expect(bestChallenge(withBody)).toContain("\r\n\r\nWWW-Authenticate: in the body");
  });
});
