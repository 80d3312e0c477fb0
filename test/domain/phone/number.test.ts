import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { homePlans, readNumber, spellNumber, unspellNumber } from "#domain/phone/number.ts";

const read = (text: string, home: keyof typeof homePlans = "ru"): string => {
  const reading = readNumber(text, homePlans[home]);
  return reading.ok ? spellNumber(reading.number) : reading.why;
};

describe("a number as people write it, at home in Russia", () => {
  it.each([
    ["+74951234567", "+74951234567"],
    ["+7 495 123-45-67", "+74951234567"],
    ["+7 (495) 123-45-67", "+74951234567"],
    ["8 (495) 123-45-67", "+74951234567"],
    ["8(495)1234567", "+74951234567"],
    ["8-495-123-45-67", "+74951234567"],
    ["8.495.123.45.67", "+74951234567"],
    ["8 800 555 35 35", "+78005553535"],
    ["84951234567", "+74951234567"],
    ["74951234567", "+74951234567"],
    ["4951234567", "+74951234567"],
    ["(495) 123 45 67", "+74951234567"],
    ["  +7\u00a0495\u202f123–45—67 ", "+74951234567"],
    ["\u200e+7 495 123\u201145\u201167\u202c", "+74951234567"],
    ["＋７ ４９５ １２３ ４５ ６７", "+74951234567"],
    ["тел.: 8 (495) 123-45-67", "+74951234567"],
    ["Тел: +7 495 123 45 67", "+74951234567"],
    ["т. 8 916 123-45-67", "+79161234567"],
    ["810 44 20 7946 0958", "+442079460958"],
    ["8~10 44 20 7946 0958", "+442079460958"],
    ["8-10-49-30-901820", "+4930901820"],
    ["00 44 20 7946 0958", "+442079460958"],
    ["+44 (0)20 7946 0958", "+442079460958"],
    ["+1 (212) 555-0123", "+12125550123"],
    ["+375 29 123-45-67", "+375291234567"],
    ["tel:+7-495-123-45-67", "+74951234567"],
    ["tel:+74951234567", "+74951234567"],
    ["TEL:%2B74951234567", "+74951234567"],
    ["tel:84951234567", "+74951234567"],
    ["tel:4951234567;phone-context=+7", "+74951234567"],
    ["callto:+74951234567", "+74951234567"],
    ["sip:+74951234567@pbx.example;user=phone", "+74951234567"],
  ])("%s is %s", (text, number) => expect(read(text)).toBe(number));

  it.each([
    ["8 (495) 123-45-67 доб. 12", "+74951234567;ext=12"],
    ["8 (495) 123-45-67 доб.12", "+74951234567;ext=12"],
    ["8 (495) 123-45-67, доб. 12", "+74951234567;ext=12"],
    ["8 (495) 123-45-67 (доб. 1234)", "+74951234567;ext=1234"],
    ["8 (495) 123-45-67 добавочный 12", "+74951234567;ext=12"],
    ["8 (495) 123-45-67 вн. 12", "+74951234567;ext=12"],
    ["8 (495) 123-45-67 внутр. 12", "+74951234567;ext=12"],
    ["+7 495 123-45-67 ext. 12", "+74951234567;ext=12"],
    ["+7 495 123-45-67 ext 12", "+74951234567;ext=12"],
    ["+7 495 123-45-67 extension 12", "+74951234567;ext=12"],
    ["+7 495 123-45-67 x12", "+74951234567;ext=12"],
    ["+7 495 123-45-67 #12", "+74951234567;ext=12"],
    ["+74951234567,,12", "+74951234567;ext=12"],
    ["+74951234567,12", "+74951234567;ext=12"],
    ["+74951234567,,12,,3#", "+74951234567;ext=12,,3#"],
    ["tel:+7-495-123-45-67;ext=12", "+74951234567;ext=12"],
    ["tel:+74951234567;ext=12;phone-context=example", "+74951234567;ext=12"],
    ["+74951234567;ext=12", "+74951234567;ext=12"],
  ])("%s has the extension in %s", (text, number) => expect(read(text)).toBe(number));

  it.each([
    ["", "empty"], ["   ", "empty"], ["\u200b", "empty"],
    ["Иван", "letters"], ["8-800-FLOWERS", "letters"], ["https://example.com", "letters"], ["()-", "letters"], ["8 495 123_45_67", "letters"], ["tel:", "letters"],
    ["495 123", "tooShort"], ["123-45-67", "tooShort"], ["+7 495 123", "tooShort"], ["8 495 123 45 6", "tooShort"], ["8 (495) 123-45-6", "tooShort"], ["+7 495 123 45 6", "tooShort"], ["+44 20 79", "tooShort"],
    ["+7 495 123-45-67 8", "tooLong"], ["8 495 123 45 67 8", "tooLong"], ["+1234567890123456", "tooLong"],
    ["8 495 123-45-67, 8 916 123-45-67", "several"], ["8 495 123-45-67 / 8 916 123-45-67", "several"], ["+74951234567+79161234567", "several"],
    ["8 495 123-45-67 или 8 916 123-45-67", "several"], ["84951234567;89161234567", "several"],
    ["112", "short"], ["1001", "short"], ["02", "short"],
  ])("“%s” is %s", (text, why) => expect(read(text)).toBe(why));
});

describe("a number as people write it, at home in Britain", () => {
  it.each([
    ["020 7946 0958", "+442079460958"], ["(020) 7946 0958", "+442079460958"], ["+44 20 7946 0958", "+442079460958"], ["0044 20 7946 0958", "+442079460958"],
    ["07700 900123", "+447700900123"], ["01632 960 001 ext. 7", "+441632960001;ext=7"], ["00 7 495 123 45 67", "+74951234567"], ["999", "short"], ["0207 946", "tooShort"],
  ])("%s is %s", (text, number) => expect(read(text, "en")).toBe(number));
});

describe("any text", () => {
  it("gives a number of E.164 or a reason, and never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.stringMatching(/^[ +()\-,;0-9a-zа-я#*.=%:]{0,40}$/)), (text) => {
      const reading = readNumber(text, homePlans.ru);
      if (reading.ok) expect(spellNumber(reading.number)).toMatch(/^\+[1-9]\d{6,14}(?:;ext=[\d*#,]+)?$/);
    }), { numRuns: 2000 });
  });

  it("reads what it has written", () => {
    fc.assert(fc.property(fc.stringMatching(/^\+7[3-9]\d{9}$/), fc.option(fc.stringMatching(/^[0-9]{1,5}$/), { nil: undefined }), (e164, extension) => {
      const number = extension === undefined ? { e164 } : { e164, extension };
      expect(unspellNumber(spellNumber(number))).toEqual(number);
      expect(readNumber(spellNumber(number), homePlans.ru)).toEqual({ ok: true, number });
    }));
  });
});
