import type { DeskState, DeskTrouble } from "#client/desk/deskState.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon, type IconName } from "#ui/kit/Icon.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { deskWords } from "./words.ts";

type Sentence = keyof (typeof deskWords)["en"]["trouble"];

interface Notice { readonly tone: "bad" | "warn" | "calm"; readonly icon: IconName; readonly sentence: Sentence; readonly act?: "signIn" | "reload" | "takeBack" }

/** The one thing in the world that wants to be said; the middle of the screen says by itself when there is nobody to call. */
export function noticeOf(state: Pick<DeskState, "trouble" | "sync" | "call" | "lines" | "welcome">): Notice | undefined {
  const { storage, online } = state.sync;
  if (storage === "broken" || storage === "full") {
    const sentence = online ? ({ full: "storageFull", broken: "storageBroken" } as const)[storage] : ({ full: "storageFullOffline", broken: "storageBrokenOffline" } as const)[storage];
    return { tone: online ? "warn" : "bad", icon: "warning", sentence };
  }
  if (state.call.phase === "returning" && state.call.asked) return { tone: "warn", icon: "phone", sentence: "returnAsked", act: "takeBack" };
  // A newer page would tear off whoever is on the second line.
  if (state.trouble?.kind === "newVersion" && state.lines.side.phase !== "free") return undefined;
  // The first visit speaks of the microphone itself.
  const trouble = state.trouble && !(state.trouble.kind === "noMicrophone" && state.welcome) ? ofTrouble(state.trouble) : undefined;
  if (trouble) return trouble;
  if (state.sync.refused > 0) return { tone: "warn", icon: "warning", sentence: "refused" };
  if (storage === "low") return { tone: "warn", icon: "warning", sentence: "storageLow" };
  return online ? undefined : { tone: "calm", icon: "offline", sentence: "offline" };
}

function ofTrouble(trouble: DeskTrouble): Notice | undefined {
  switch (trouble.kind) {
    case "noMicrophone": return { tone: "bad", icon: "microphoneOff", sentence: ({ denied: "noMicrophoneDenied", missing: "noMicrophoneMissing", busy: "noMicrophoneBusy" } as const)[trouble.cause] };
    case "noSound": return { tone: "bad", icon: "warning", sentence: "noSound" };
    case "lineRefused": return { tone: trouble.why === "busy" ? "warn" : "bad", icon: "warning", sentence: ({ password: "linePassword", forbidden: "lineForbidden", unknown: "lineUnknown", busy: "lineBusy" } as const)[trouble.why] };
    case "relayRefused": return { tone: "warn", icon: "warning", sentence: "relayRefused" };
    case "lineDown": return { tone: "warn", icon: "warning", sentence: "lineDown" };
    case "signedOut": return { tone: "warn", icon: "signOut", sentence: "signedOut", act: "signIn" };
    case "callLost": return { tone: "warn", icon: "warning", sentence: "callLost" };
    case "newVersion": return { tone: "calm", icon: "help", sentence: "newVersion", act: "reload" };
    case "noProspects": case "offlineNoProspects": return undefined;
  }
}

/** Stands just above the phone, so that nothing that is being read moves when it comes. */
export function TroubleStrip({ state, signIn, reload, takeBack }: { readonly state: Pick<DeskState, "trouble" | "sync" | "call" | "lines" | "welcome">; readonly signIn: () => void; readonly reload: () => void; readonly takeBack: () => void }) {
  const words = useWords(deskWords);
  const common = useWords(commonWords);
  const notice = noticeOf(state);
  if (!notice) return <div role="alert" />;
  return (
    <div role="alert">
      <div className={`strip ${notice.tone}`}>
        <Icon name={notice.icon} />
        <span className="grow">{words.trouble[notice.sentence]}</span>
        {notice.act === "signIn" ? <Button onPress={signIn}>{common.signIn}</Button> : null}
        {notice.act === "takeBack" ? <Button kind="main" keyCode="Enter" onPress={takeBack}>{words.commands.takeBack}</Button> : null}
        {notice.act === "reload" ? <Button onPress={reload}>{words.reload}</Button> : null}
      </div>
    </div>
  );
}
