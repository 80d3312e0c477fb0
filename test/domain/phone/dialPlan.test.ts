import { describe, expect, it } from "vitest";
import { dialed, plainDialing, type DialPlan } from "#domain/phone/dialPlan.ts";

const plan = (part: Partial<DialPlan> = {}): DialPlan => ({ ...plainDialing, ...part });
const user = (of: DialPlan, number: string): string => {
  const result = dialed(of, number);
  return result.ok ? result.user : `barred by ${result.by}`;
};

describe("the dial plan", () => {
  it.each([
    [{}, "+7 (495) 123-45-67", "+74951234567"],
    [{}, "8 495 123-45-67", "+74951234567"],
    [{}, "810 49 30 1234567", "+49301234567"],
    [{ form: "digits" }, "+74951234567", "74951234567"],
    [{ form: "national" }, "+74951234567", "84951234567"],
    [{ form: "national" }, "+49301234567", "81049301234567"],
    [{ form: "national", prefix: "9" }, "+74951234567", "984951234567"],
    [{ form: "national", country: "49", trunk: "0", abroad: "00" }, "+49 30 1234567", "0301234567"],
    [{ form: "national", country: "49", trunk: "0", abroad: "00" }, "030 1234567", "0301234567"],
    [{ form: "national", country: "49", trunk: "0", abroad: "00", prefix: "0" }, "+7 495 1234567", "00074951234567"],
    [{ prefix: "9" }, "101", "101"],
    [{ prefix: "9" }, "*43", "*43"],
  ] as const)("%j dials %s as %s", (part, number, expected) => {
    expect(user(plan(part), number)).toBe(expected);
  });

  it("[P7] dials no number that begins like a barred entry, in whatever spelling", () => {
    const barred = plan({ barred: ["+7 809", "+882", "112"], form: "national" });
    for (const number of ["+7 809 123-45-67", "8 (809) 1234567", "78091234567", "+882 1234567", "810882123456", "112"]) expect([number, dialed(barred, number).ok]).toEqual([number, false]);
    for (const number of ["+74951234567", "1120", "+74951120000"]) expect([number, dialed(barred, number).ok]).toEqual([number, true]);
  });

  it("[P7] lets the longest beginning decide, and a tie bar", () => {
    const homeOnly = plan({ barred: ["+", "+7 809", "+375"], allowed: ["+7", "+375"] });
    expect(user(homeOnly, "+74951234567")).toBe("+74951234567");
    expect(user(homeOnly, "+78091234567")).toBe("barred by +7809");
    expect(user(homeOnly, "+49301234567")).toBe("barred by +");
    expect(user(homeOnly, "+375291234567")).toBe("barred by +375");
    expect(user(homeOnly, "101")).toBe("101");
  });
});
