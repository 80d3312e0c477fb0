import { expect, test } from "vitest";
import { challenges, lineSecret, proves, readCredentials } from "#server/switch/digest.ts";

/** The example of RFC 7616 3.9.1. */
const realm = "http-auth@example.org";
const secret = lineSecret("Mufasa", realm, "Circle of Life");
const field = (algorithm: string, response: string) =>
  `Digest username="Mufasa", realm="${realm}", uri="/dir/index.html", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="${response}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
const md5 = field("MD5", "8ca523f5e9506fed4657c9700eebdbec");
const sha256 = field("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");

const accepted = (fields: string[], method = "GET") => {
  const credentials = readCredentials(fields, realm);
  return credentials !== undefined && proves(credentials, method, secret);
};

test("the responses of RFC 7616 are accepted", () => {
  expect([accepted([md5]), accepted([sha256])]).toEqual([true, true]);
});

test("of several the best is taken", () => {
  expect(readCredentials([md5, sha256], realm)?.algorithm).toBe("SHA-256");
});

test.each([
  ["another method", sha256, "REGISTER"],
  ["another response", sha256.replace("753927", "753928"), "GET"],
  ["a response cut short", sha256.replace(/response="[^"]+"/, 'response="753927"'), "GET"],
  ["an MD5 response under the name of SHA-256", md5.replace("algorithm=MD5", "algorithm=SHA-256"), "GET"],
  ["another count", sha256.replace("nc=00000001", "nc=00000002"), "GET"],
  ["no qop", sha256.replace("qop=auth, ", ""), "GET"],
  ["another realm", sha256.replace(realm, "elsewhere"), "GET"],
  ["a doubled field", `${sha256}, username="Scar"`, "GET"],
  ["an unknown algorithm", sha256.replace("SHA-256", "SHA-512-256"), "GET"],
  ["another scheme", sha256.replace("Digest", "Basic"), "GET"],
  ["an open quote", sha256.slice(0, -1), "GET"],
])("%s is not", (_what, changed, method) => {
  expect(changed).not.toBe(method === "GET" ? sha256 : "");
  expect(accepted([changed], method)).toBe(false);
});

test("a challenge says stale only when it is", () => {
  expect(challenges("r", "n", false)).toEqual([
    'Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth"', 'Digest realm="r", nonce="n", algorithm=MD5, qop="auth"',
  ]);
  expect(challenges("r", "n", true).every((one) => one.endsWith(", stale=true"))).toBe(true);
});
