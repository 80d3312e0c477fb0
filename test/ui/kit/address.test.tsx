// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Elsewhere, Link, usePlace } from "#ui/kit/address.tsx";

function Shown() {
  const { path, search, along } = usePlace();
  return <p role="status">{JSON.stringify([path, search, along])}</p>;
}
const shown = (): unknown => JSON.parse(screen.getByRole("status").textContent ?? "");

beforeEach(() => { history.replaceState(null, "", "/desk?lang=en"); });
afterEach(cleanup);

it("says where the page is, however the address was typed, and follows the browser's own way back", () => {
  history.replaceState(null, "", "/Desk/?lang=en");
  render(<Shown />);
  expect(shown()).toEqual(["/desk", "?lang=en", null]);
  act(() => {
    history.pushState({ from: "/desk" }, "", "/lead");
    dispatchEvent(new PopStateEvent("popstate"));
  });
  expect(shown()).toEqual(["/lead", "", { from: "/desk" }]);
});

it("follows a link without loading the page anew, and leaves a click for a new tab to the browser", () => {
  render(<><Link to="/lead" aria-current="page">Team</Link><Shown /></>);
  const link = screen.getByRole("link", { name: "Team" });
  expect(link.getAttribute("href")).toBe("/lead");
  expect(link.getAttribute("aria-current")).toBe("page");
  expect(fireEvent.click(link, { ctrlKey: true })).toBe(true);
  expect(shown()).toEqual(["/desk", "?lang=en", null]);
  expect(fireEvent.click(link)).toBe(false);
  expect(shown()).toEqual(["/lead", "", null]);
});

it("sends elsewhere in place of the address, with what is handed along", () => {
  const before = history.length;
  function Page() {
    return usePlace().path === "/desk" ? <Elsewhere to="/sign-in" along={{ from: "/desk" }} /> : null;
  }
  render(<><Page /><Shown /></>);
  expect(shown()).toEqual(["/sign-in", "", { from: "/desk" }]);
  expect(history.length).toBe(before);
});
