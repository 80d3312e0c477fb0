import { z } from "zod";
import type { DialPlan } from "#domain/phone/dialPlan.ts";
import type { PhoneSetup, SavePhoneLine, ImportPhoneLines, SavePhoneSetup, TestPhone } from "./api.ts";
import { MAX_LINES_FILE } from "./protocol.ts";

/** What an admin may enter. No control characters anywhere: a line break would end a header. */
const word = (longest: number) => z.string().trim().max(longest).regex(/^\P{Cc}*$/u);
const person = word(80).min(1);
const url = (begins: RegExp) => word(300).refine((text) => begins.test(text));
/** Parsed for good by whoever uses it. */
const socketUrl = url(/^wss?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:[/?][^\s#@]*)?$/i);
const iceUrl = (schemes: string) => word(300).regex(new RegExp(`^(?:${schemes}):[^\\s/@]+$`));
const digits = (longest: number) => z.string().regex(new RegExp(`^\\d{0,${longest}}$`));
/** A beginning of a number, in any spelling, or a short number. */
const beginning = z.string().trim().min(1).max(30).regex(/^[+\d*#][\d*#\s().-]*$/);

const dialPlan: z.ZodType<DialPlan> = z.strictObject({
  form: z.enum(["e164", "digits", "national"]), prefix: z.string().regex(/^[\d*#]{0,8}$/), country: digits(4), trunk: digits(4), abroad: digits(6),
  barred: z.array(beginning).max(200), allowed: z.array(beginning).max(200),
  tones: z.enum(["rfc4733", "info"]).exactOptional(), shows: z.enum(["from", "asserted", "preferred"]).exactOptional(),
  callers: z.record(word(80).min(1), z.string().regex(/^\+?\d{1,20}$/)).exactOptional(),
  echo: z.string().regex(/^[+\d*#]{1,20}$/).exactOptional(),
});

const setup: z.ZodType<PhoneSetup> = z.strictObject({
  servers: z.array(socketUrl).max(8), domain: z.string().trim().max(253).regex(/^[\w.:[\]-]*$/), plan: dialPlan,
  stunUrls: z.array(iceUrl("stuns?")).max(8), turnUrls: z.array(iceUrl("turns?")).max(8),
});

export const savePhoneSetup: z.ZodType<SavePhoneSetup> = z.strictObject({
  based: z.int().min(0).max(2_000_000_000), setup, turnSecret: z.string().min(1).max(500).regex(/^\P{Cc}*$/u).nullable().exactOptional(),
});

export const savePhoneLine: z.ZodType<SavePhoneLine> = z.strictObject({
  person,
  line: z.strictObject({ username: word(100).min(1), password: z.string().min(1).max(200).regex(/^\P{Cc}*$/u) }).nullable(),
});

export const importPhoneLines: z.ZodType<ImportPhoneLines> = z.strictObject({ file: z.base64().max(4 * Math.ceil(MAX_LINES_FILE / 3)), commit: z.boolean() });

export const testPhone: z.ZodType<TestPhone> = z.strictObject({
  servers: z.array(socketUrl).min(1).max(8), domain: z.string().trim().max(253).regex(/^[\w.:[\]-]*$/), person: person.exactOptional(),
});
