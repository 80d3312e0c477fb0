import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { SoundState } from "#client/desk/soundDesk.ts";
import type { DeviceRole } from "#domain/phone/devices.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon, type IconName } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { devicesWords } from "./devicesWords.ts";

type Said = { readonly device: DeviceRole; readonly name: string } | { readonly line: NonNullable<NonNullable<SoundState["quality"]>["bad"]> };

/** The one sentence about the sound that wants to be said: a device that is missed comes before a bad line. */
export function soundNotice({ devices: { uses }, quality, microphone }: SoundState): Said | undefined {
  // When there is no microphone at all, the strip above says so already.
  for (const device of ["microphone", "earpiece", "ringer"] as const) {
    const name = uses[device].gone;
    if (name !== undefined && !(device === "microphone" && microphone !== "ready")) return { device, name };
  }
  return quality?.bad ? { line: quality.bad } : undefined;
}

const icons: Readonly<Record<DeviceRole, IconName>> = { microphone: "microphoneOff", earpiece: "ear", ringer: "phone" };

/** Above the phone, in one sentence: a device that is gone, or what is wrong with the line and on whose side. */
export function SoundStrip({ sound, open }: { readonly sound: StoreApi<SoundState>; readonly open: () => void }) {
  const words = useWords(devicesWords);
  const state = useStore(sound);
  const said = soundNotice(state);
  if (!said) return <div role="status" />;
  const [icon, text] = "device" in said ? [icons[said.device], words.gone[said.device](said.name)] as const : ["warning", words.bad[said.line]] as const;
  return (
    <div role="status">
      <div className="strip warn">
        <Icon name={icon} /><span className="grow">{text}</span>
        {"device" in said ? <Button onPress={open}>{words.open}</Button> : null}
      </div>
    </div>
  );
}
