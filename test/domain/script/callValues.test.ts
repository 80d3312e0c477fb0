import { expect, test } from "vitest";
import { callValues } from "#domain/script/callValues.ts";
import { fillIn } from "#domain/script/fillIn.ts";

const sides = {
  client: { firstName: "Ирина", middleName: "Сергеевна", company: "ООО «Вектор»" },
  agent: { name: "Анна Белова" },
  company: { name: "Полка" },
  campaign: { language: "ru" as const, variables: { price: "от 45 рублей" } },
};

test("[S5] a Russian client is addressed by first name and patronymic", () => {
  expect(fillIn("{name}? Это {agentName}, «{ourCompany}». {price}", callValues(sides), { agent: "f", client: "f" }))
    .toBe("Ирина Сергеевна? Это Анна Белова, «Полка». от 45 рублей");
});

test("[S5] an English client is addressed by first name, and the campaign may name the company in its own language", () => {
  const values = callValues({ ...sides, client: { firstName: "James", middleName: "Earl", company: "Vector Ltd" }, campaign: { language: "en", variables: { ourCompany: "Shelfwell" } } });
  expect(values.name).toBe("James");
  expect(values.ourCompany).toBe("Shelfwell");
});

test("[S5] without a patronymic the first name alone is said", () => {
  expect(callValues({ ...sides, client: { firstName: "Ирина", company: "ООО «Вектор»" } }).name).toBe("Ирина");
});
