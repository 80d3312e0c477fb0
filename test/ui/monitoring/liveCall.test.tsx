// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import type { Script } from "#domain/script/script.ts";
import { LiveCall } from "#ui/monitoring/LiveCall.tsx";
import { onScreen } from "../onScreen.tsx";

const agent = { name: "Анна Белова", gender: "f" } as Person;
const campaign = { id: "c", language: "ru", variables: {} } as unknown as Campaign;
const company = { name: "Полка" } as Company;
const script = { id: "s", language: "ru", modules: [{ id: "m", title: "Приветствие", gist: "Представиться", words: "{name}? Это {agentName}, «{ourCompany}», {agent:звонила|звонил} в {company}.", answers: [] }] } as unknown as Script;
const byHand = { firstName: "", lastName: "", gender: "m", position: "", company: "", city: "", phone: "+74951234567" } as Prospect;

function show(client: Prospect | undefined): void {
  onScreen(<LiveCall agent={agent} module="m" script={script} campaign={campaign} company={company} client={client} texts={new Map()} ended={false} />, "ru");
}

it("[S5] shows a lead whose name is not known as the agent sees it, in brackets, never as a hole in the script", () => {
  show(byHand);
  screen.getByText("[имя]? Это Анна Белова, «Полка», звонила в [компания].");
  // Who it is, is the number; nothing stands between commas.
  expect(screen.getByText("+7 495 123-45-67").parentElement?.textContent).toBe("+7 495 123-45-67");
});

it("[S5] fills in what is known while the client's card is still on its way", () => {
  show(undefined);
  screen.getByText("[имя]? Это Анна Белова, «Полка», звонила в [компания].");
});
