import { describe, expect, it } from "vitest";
import { outcomeOfBroken, wasBrokenOff } from "#domain/dialing/callAgain.ts";
import { demoCampaigns } from "#server/demo/company.ts";
import { commandFor } from "#client/desk/commands.ts";
import { deskPictures } from "#ui/preview/fixtures.ts";

describe("a call that was broken off", () => {
  it("[D5] may be begun again when it was broken off or our own side failed, not when somebody ended it", () => {
    for (const why of ["lost", "cutOff", "mediaFailed", "timerRanOut"] as const) expect([why, wasBrokenOff(true, why)]).toEqual([why, true]);
    for (const why of ["serverDown", "noLines", "noMicrophone", "lost"] as const) expect([why, wasBrokenOff(false, why)]).toEqual([why, true]);
    for (const why of ["clientHungUp", "agentHungUp", "transferred"] as const) expect([why, wasBrokenOff(true, why)]).toEqual([why, false]);
    for (const why of ["busy", "noAnswer", "declined", "cancelled"] as const) expect([why, wasBrokenOff(false, why)]).toEqual([why, false]);
  });

  it("[D5] is saved as chosen, else as the outcome that names such an end", () => {
    for (const campaign of demoCampaigns) {
      expect(outcomeOfBroken(campaign, "refused", "lost")).toBe("refused");
      expect(outcomeOfBroken(campaign, undefined, "lost")).toBe("notConnected");
      expect(outcomeOfBroken(campaign, undefined, "clientHungUp")).toBeUndefined();
    }
  });

  it("[D5] is begun again by the key Y, which does nothing after other calls", () => {
    const key = { code: "KeyY", shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false };
    const meant = (name: "callLost" | "afterNoLines" | "after") => {
      const { state, view } = deskPictures("en")[name];
      return commandFor(key, false, state, view)?.id;
    };
    expect([meant("callLost"), meant("afterNoLines"), meant("after")]).toEqual(["callAgain", "callAgain", undefined]);
  });
});
