import { expect, it } from "vitest";
import { checkHandler } from "#domain/script/draft.ts";

it("[S6] lets nothing be published that an agent could not use", () => {
  const good = { id: "a", title: "Too expensive", gist: "Ask compared with what", phrasings: ["Compared with what?"] };
  expect(checkHandler(good, [{ id: "a", title: "Too expensive" }])).toEqual([]);
  expect(checkHandler({ ...good, title: " " }, [])).toEqual(["noTitle"]);
  expect(checkHandler({ ...good, gist: "" }, [])).toEqual(["noGist"]);
  expect(checkHandler({ ...good, phrasings: ["  "] }, [])).toEqual(["noPhrasing"]);
  expect(checkHandler({ ...good, phrasings: ["x".repeat(601)] }, [])).toEqual(["tooLong"]);
  expect(checkHandler(good, [{ id: "b", title: " too EXPENSIVE" }])).toEqual(["sameTitle"]);
});
