import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bestChallenge, Credentials, digestResponse, type Challenge } from "#client/phone/digest.ts";

const answer = (...challenges: string[]): string =>
  ["SIP/2.0 401 Unauthorized", "Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1", ...challenges.map((one) => `WWW-Authenticate: ${one}`), "Content-Length: 0", "", ""].join("\r\n");
const sha = 'Digest realm="r", nonce="n1", algorithm=SHA-256, qop="auth"';
const md5 = 'Digest realm="r", nonce="n2", algorithm=MD5, qop="auth"';
const strange = 'Digest realm="r", nonce="n3", algorithm=SHA-512, qop="auth"';
const longer = 'Digest realm="r", nonce="n4", algorithm=SHA-512-256, qop="auth"';

describe("the answer to a challenge", () => {
  it.each([
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"], ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
  ] as const)("is that of RFC 7616 section 3.9.1 (%s)", (algorithm, expected) => {
    expect(digestResponse({
      user: "Mufasa", password: "Circle of Life", realm: "http-auth@example.org", nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
      nc: "00000001", cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", method: "GET", uri: "/dir/index.html", algorithm, qop: "auth",
    })).toBe(expected);
  });

  it("is that of RFC 2069 section 2.4, as its erratum 749 corrects it, where no quality of protection is asked", () => {
    expect(digestResponse({
      user: "Mufasa", password: "CircleOfLife", realm: "testrealm@host.com", nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
      nc: "", cnonce: "", method: "GET", uri: "/dir/index.html", algorithm: "MD5", qop: undefined,
    })).toBe("1949323746fe6a43ef61f9606e7febea");
  });

  it("stands over the body too where that is all the PBX takes (auth-int)", () => {
    const request = { method: "INVITE", ruri: "sip:7@pbx.example", body: { contentType: "application/sdp", body: "v=0\r\n" } };
    const by = new Credentials("anna", "secret");
    expect(by.authenticate(request as never, { realm: "r", nonce: "n", algorithm: "MD5", qop: ["auth-int"], opaque: "o" })).toBe(true);
    const said = by.toString();
    const hash = (text: string): string => createHash("md5").update(text).digest("hex");
    const cnonce = /cnonce="(\w+)"/.exec(said)?.[1];
    expect(said).toContain(`response="${hash(`${hash("anna:r:secret")}:n:00000001:${cnonce}:auth-int:${hash(`INVITE:sip:7@pbx.example:${hash("v=0\r\n")}`)}`)}"`);
    expect(said).toMatch(/^Digest username="anna", realm="r", nonce="n", uri="sip:7@pbx.example", .*algorithm=MD5, .*qop=auth-int, nc=00000001, opaque="o"$/);
  });

  it("is refused where the question cannot be answered", () => {
    const ask = (challenge: Challenge): boolean => new Credentials("anna", "secret").authenticate({ method: "REGISTER", ruri: "sip:pbx.example" } as never, { realm: "r", nonce: "n", ...challenge });
    expect([{}, { algorithm: "md5", qop: "auth" }, { algorithm: "SHA-256", qop: "auth-int, auth" }].map(ask)).toEqual([true, true, true]);
    expect([{ algorithm: "MD5-sess", qop: "auth" }, { algorithm: "SHA-256" }, { qop: "other" }, { realm: "" }, { nonce: "" }].map(ask)).toEqual([false, false, false, false, false]);
  });

  it.each([["SHA-256", "sha256"], ["SHA-512-256", "sha512-256"]] as const)("takes signs beyond ASCII as UTF-8 (%s)", (algorithm, name) => {
    const hash = (text: string): string => createHash(name).update(text, "utf8").digest("hex");
    expect(digestResponse({ user: "анна", password: "пароль", realm: "r", nonce: "n", nc: "00000001", cnonce: "c", method: "REGISTER", uri: "sip:r", algorithm, qop: "auth" }))
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
