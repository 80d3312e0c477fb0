import { expect, it } from "vitest";
import { fillIn } from "#domain/script/fillIn.ts";

it("[S5] fills in variables, agrees with gender, and leaves what it does not know visible", () => {
  const gender = { agent: "f", client: "m" } as const;
  expect(fillIn("{name}, я {agent:звонила|звонил} вчера. Вы {client:готова|готов}?", { name: "Иван Петрович" }, gender))
    .toBe("Иван Петрович, я звонила вчера. Вы готов?");
  expect(fillIn("{agent:звонила|звонил}", {}, { agent: "m", client: "f" })).toBe("звонил");
  expect(fillIn("{unknown} and {name:a|b}", { name: "Ann" }, gender)).toBe("{unknown} and Ann");
});
