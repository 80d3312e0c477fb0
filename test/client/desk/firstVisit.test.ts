import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { createFirstVisit } from "#client/desk/firstVisit.ts";
import type { Levels, Microphone } from "#client/phone/phone.ts";

function visitWith({ done = false, microphone = "ready" }: { readonly done?: boolean; readonly microphone?: Microphone } = {}) {
  const [state, levels] = [createStore<Microphone>(() => "unasked"), createStore<Levels>(() => ({ mine: 0, theirs: 0 }))];
  const told: string[] = [];
  const phone = {
    microphone: state, levels, microphoneName: () => (state.getState() === "ready" ? "Headset" : undefined),
    prepare() {
      told.push("asked");
      return Promise.resolve().then(() => { state.setState(microphone, true); });
    },
    sample() { told.push("notes"); },
  };
  const visit = createFirstVisit(phone, done, () => told.push("remembered"), () => told.push("changed"));
  const speak = (mine: number, times: number): void => { for (let time = 0; time < times; time += 1) levels.setState({ mine: mine + time / 1000, theirs: 0 }); };
  return { visit, told, speak };
}
const settle = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

it("goes by one key from the microphone over the sound to its end, and remembers that", async () => {
  const { visit, told, speak } = visitWith();
  expect(visit.read()).toEqual({ step: "microphone", microphone: "unasked", heard: false, tone: "unplayed" });
  visit.goOn();
  expect(visit.read()?.microphone).toBe("asking");
  await settle();
  expect(visit.read()).toMatchObject({ microphone: "ready", device: "Headset", heard: false });
  speak(0.3, 5);
  expect(visit.read()?.heard).toBe(true);
  visit.goOn();
  visit.goOn();
  expect(visit.read()).toMatchObject({ step: "sound", tone: "played" });
  visit.goOn();
  expect([visit.read()?.step, visit.goOn(), visit.read()]).toEqual(["practice", true, undefined]);
  expect(told.filter((one) => one !== "changed")).toEqual(["asked", "notes", "remembered"]);
});

it("takes a fan or a knock for no voice", async () => {
  const { visit, speak } = visitWith();
  visit.goOn();
  await settle();
  speak(0.02, 30);
  speak(0.5, 2);
  expect(visit.read()?.heard).toBe(false);
});

it("goes on without a microphone, and asks again when one wants it to", async () => {
  const { visit, told } = visitWith({ microphone: "denied" });
  visit.goOn();
  await settle();
  expect(visit.read()?.microphone).toBe("denied");
  visit.again();
  await settle();
  expect(told.filter((one) => one === "asked")).toHaveLength(2);
  visit.goOn();
  expect(visit.read()?.step).toBe("sound");
});

it("stays away once it is over, and comes back from its beginning when asked for", () => {
  const { visit, told } = visitWith({ done: true });
  expect(visit.read()).toBeUndefined();
  visit.open();
  expect(visit.read()?.step).toBe("microphone");
  visit.close();
  visit.close();
  expect(told).toEqual(["remembered"]);
});
