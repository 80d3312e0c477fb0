import { expect, it } from "vitest";
import { createOnceFound } from "#client/desk/onceFound.ts";

it("what is pressed while the place is being read is done in its order when it is known, and at once before and after", () => {
  const place = createOnceFound();
  const done: string[] = [];
  const press = (key: string): void => { if (!place.later(() => { press(key); })) done.push(key); };
  press("1");
  expect(done).toEqual(["1"]);
  place.seek();
  press("6");
  press("Enter");
  expect(done).toEqual(["1"]);
  place.found();
  expect(done).toEqual(["1", "6", "Enter"]);
  press("2");
  place.found();
  expect(done).toEqual(["1", "6", "Enter", "2"]);
});
