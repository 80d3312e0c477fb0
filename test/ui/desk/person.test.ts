import { expect, it } from "vitest";
import { shortName } from "#domain/dialing/prospect.ts";
import { readableNumber } from "#domain/phone/readable.ts";
import { fullName, shortDay } from "#ui/dialing/person.ts";

it.each([
  ["+74950000117", "+7 495 000-01-17"], ["+12125550143", "+1 212 555-0143"], ["+442079460018", "+44 20 7946 0018"], ["+33612345678", "+33612345678"],
])("writes %s as one reads it aloud", (phone, readable) => { expect(readableNumber(phone)).toBe(readable); });

it("writes a name with a patronymic where there is one", () => {
  expect(fullName({ firstName: "Ирина", middleName: "Сергеевна", lastName: "Орлова", phone: "" })).toBe("Ирина Сергеевна Орлова");
  expect(fullName({ firstName: "Irene", lastName: "Hartley", phone: "" })).toBe("Irene Hartley");
  expect(shortName({ firstName: "Ирина", lastName: "Орлова", phone: "" })).toBe("Ирина Орлова");
  const byHand = { firstName: "", lastName: "", phone: "+74951234567" };
  expect([fullName(byHand), shortName(byHand)]).toEqual(["+7 495 123-45-67", "+7 495 123-45-67"]);
});

it("names the day of an attempt by the clock of the client", () => {
  const lateInMoscow = Date.UTC(2026, 10, 12, 20, 30);
  expect(shortDay(lateInMoscow, "Europe/Moscow", "ru")).toBe("12.11");
  expect(shortDay(lateInMoscow, "Asia/Yekaterinburg", "ru")).toBe("13.11");
  expect(shortDay(lateInMoscow, "Europe/London", "en")).toBe("12 Nov");
});
