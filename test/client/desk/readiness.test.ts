import { expect, it } from "vitest";
import { readiness, staysAwake } from "#client/desk/readiness.ts";
import { deskPictures, pictureNames, type PictureName } from "#ui/preview/fixtures.ts";

const of = (name: PictureName) => {
  const { state, view } = deskPictures("en")[name];
  return readiness(state, view);
};

it.each<[ReturnType<typeof readiness>, readonly PictureName[]]>([
  ["quietly", ["rest", "restFirst", "saved", "unsent"]],
  ["yes", ["card", "dialing", "ringing", "talking", "muted", "held", "after", "practiceCard"]],
  ["no", ["break", "breakOver", "welcome", "welcomeSound", "elsewhere"]],
])("[L1] the microphone is open %s", (when, names) => {
  for (const name of names) expect([name, of(name)]).toEqual([name, when]);
});

it("[L1] opens for whoever looks at the devices, in a break too, and is closed when nobody is at work", () => {
  const { state, view } = deskPictures("en").break;
  expect(readiness(state, { ...view, panel: "devices" })).toBe("yes");
  expect(readiness({ ...state, agent: { state: "off" } }, view)).toBe("no");
});

it("keeps the screen on while somebody waits for a call or is in one, and never in a break", () => {
  for (const name of pictureNames) {
    const { state } = deskPictures("en")[name];
    if (state.agent.state === "break") expect(staysAwake(state), name).toBe(false);
    if (state.call.phase === "talking") expect(staysAwake(state), name).toBe(true);
  }
});
