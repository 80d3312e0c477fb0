import { useId, type ReactNode } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { SoundDesk, SoundState } from "#client/desk/soundDesk.ts";
import type { Levels } from "#client/phone/phone.ts";
import { nameOf, sameDevice, type DeviceRole } from "#domain/phone/devices.ts";
import { Button } from "#ui/kit/Button.tsx";
import { LevelMeter } from "#ui/kit/LevelMeter.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { devicesWords } from "./devicesWords.ts";
import { LineFigures } from "./LineSign.tsx";
import { phoneWords } from "./words.ts";
import "./devices.css";

interface Props {
  readonly sound: SoundDesk;
  readonly levels: StoreApi<Levels>;
  /** A call is up: the echo must wait. */
  readonly inCall: boolean;
  readonly onClose: () => void;
}

/** All that an agent can choose about the sound, and all that can be known about the line. Never modal: hanging up stays within reach. */
export function DevicesSheet({ sound, levels, inCall, onClose }: Props) {
  const words = useWords(devicesWords);
  const common = useWords(commonWords);
  const state = useStore(sound.state);
  const { devices } = state;
  const close = (): void => {
    sound.echo(false);
    onClose();
  };
  return (
    <Sheet title={words.title} close={common.close} onClose={close} className="devices">
      <div className="devices-columns">
        <div>
          <Device role="microphone" state={state} sound={sound}><Voice levels={levels} state={state} /></Device>
          <Device role="earpiece" state={state} sound={sound}><Button onPress={() => { sound.try("earpiece"); }}>{words.notes}</Button></Device>
          <Device role="ringer" state={state} sound={sound}><Button disabled={state.ringing} onPress={() => { sound.try("ringer"); }}>{state.ringing ? words.ringing : words.ring}</Button></Device>
          {devices.mayChooseSpeaker ? null : <p className="soft">{words.fixed}</p>}
          <fieldset className="devices-part">
            <legend className="caption">{words.voice}</legend>
            {(["echo", "noise", "gain"] as const).map((which) => (
              <label key={which} className="switch"><input type="checkbox" role="switch" checked={devices.processing[which]} onChange={(event) => { sound.process(which, event.target.checked); }} />{words.processing[which]}</label>
            ))}
            <p className="soft">{words.processingHint}</p>
          </fieldset>
        </div>
        <div>
          <Part title={words.echoTitle}><Echo state={state} inCall={inCall} levels={levels} call={(on) => { sound.echo(on); }} /></Part>
          <Part title={words.lineTitle}><LineFigures quality={state.quality} /></Part>
          <Part title={words.headsetTitle}><Buttons state={state} pick={() => { sound.pickHeadset(); }} /></Part>
          <Part title={words.noticesTitle}>
            <p className="soft">{words.notices[state.notices]}</p>
            {state.notices === "unasked" ? <Button onPress={() => { sound.allowNotices(); }}>{words.allow}</Button> : null}
          </Part>
        </div>
      </div>
    </Sheet>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section className="devices-part"><h3 className="caption">{title}</h3>{children}</section>;
}

/** One role: which device, and beside it how to try it. */
function Device({ role, state: { devices }, sound, children }: { readonly role: DeviceRole; readonly state: SoundState; readonly sound: SoundDesk; readonly children: ReactNode }) {
  const words = useWords(devicesWords);
  const id = useId();
  const { wanted } = devices.uses[role];
  const list = role === "microphone" ? devices.microphones : devices.speakers;
  const there = wanted === undefined ? undefined : list.find(({ label }) => sameDevice(label, wanted));
  return (
    <div className="device">
      <label htmlFor={id} className="caption">{words.roles[role]}</label>
      <div className="device-row">
        <select id={id} className="field" data-first={role === "microphone" ? "" : undefined} disabled={role !== "microphone" && !devices.mayChooseSpeaker}
          value={there?.label ?? wanted ?? ""} onChange={({ target }) => { sound.choose(role, target.value === "" ? undefined : target.value); }}>
          <option value="">{words.computers}</option>
          {list.map(({ id: key, label }) => <option key={key} value={label}>{nameOf(label)}</option>)}
          {wanted !== undefined && !there ? <option value={wanted}>{words.absent(nameOf(wanted))}</option> : null}
        </select>
        {children}
      </div>
      {role === "microphone" && list.length === 0 ? <p className="soft">{words.noList}</p> : null}
    </div>
  );
}

/** Alone, so that only the bars are drawn anew with the voice. */
function Voice({ levels, state: { microphone } }: { readonly levels: StoreApi<Levels>; readonly state: SoundState }) {
  const words = useWords(devicesWords);
  const mine = useStore(levels, (now) => now.mine);
  const trouble = { denied: words.micDenied, missing: words.micMissing, busy: words.micBusy, unasked: undefined, ready: undefined }[microphone];
  return trouble === undefined ? <span className="device-level" title={words.speak}><LevelMeter level={mine} /></span> : <span className="tone-bad device-trouble" role="status">{trouble}</span>;
}

function Echo({ state: { echo }, inCall, levels, call }: { readonly state: SoundState; readonly inCall: boolean; readonly levels: StoreApi<Levels>; readonly call: (on: boolean) => void }) {
  const words = useWords(devicesWords);
  const phone = useWords(phoneWords);
  const up = echo.phase === "calling" || echo.phase === "talking";
  const said = { none: inCall ? words.echoNotNow : words.echoWhy, calling: words.echoCalling, talking: words.echoTalking, failed: echo.phase === "failed" ? words.echoFailed(phone.end[echo.why]) : "" }[echo.phase];
  return (
    <>
      <p role="status" className={echo.phase === "failed" ? "tone-bad" : up ? undefined : "soft"}>{said}</p>
      <div className="device-row">
        <Button disabled={inCall} onPress={() => { call(!up); }}>{up ? words.echoStop : words.echoStart}</Button>
        {echo.phase === "talking" ? <Heard levels={levels} /> : null}
      </div>
    </>
  );
}

function Heard({ levels }: { readonly levels: StoreApi<Levels> }) {
  const { mine, theirs } = useStore(levels);
  return <span className="device-level"><LevelMeter level={mine} /> → <LevelMeter level={theirs} /></span>;
}

function Buttons({ state: { headset }, pick }: { readonly state: SoundState; readonly pick: () => void }) {
  const words = useWords(devicesWords);
  if (headset.kind === "unable") return <p className="soft">{words.headsetUnable}</p>;
  return (
    <>
      <p className="soft">{headset.kind === "connected" ? words.headsetOn(headset.name) : words.headsetNone}</p>
      {headset.kind === "none" ? <Button onPress={pick}>{words.headsetPick}</Button> : null}
    </>
  );
}
