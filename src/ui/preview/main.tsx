import { createRoot } from "react-dom/client";
import type { Language } from "#domain/base/campaign.ts";
import { stoppedClock } from "#ui/kit/clock.ts";
import { Kit } from "#ui/kit/Kit.tsx";
import { DeskScreen } from "#ui/screens/DeskScreen.tsx";
import { LanguageProvider } from "#ui/words/LanguageProvider.tsx";
import { useAsked, useShown } from "./asked.ts";
import { now } from "./content.ts";
import { deskPictures, pictureNames, type PictureName } from "./fixtures.ts";
import { previewDesk } from "./previewDesk.ts";
import "./preview.css";

/** Development only: every state of the desk has a picture. `?state=talking&lang=ru&theme=dark` shows one, without `state` all stand side by side. */
function Picture({ name, language }: { readonly name: PictureName; readonly language: Language }) {
  useShown(name);
  return <DeskScreen desk={previewDesk(deskPictures(language)[name])} onSignOut={() => { location.search = ""; }} />;
}

function All({ more }: { readonly more: string }) {
  return (
    <main className="pictures">
      <h1 className="unseen">Every state of the desk</h1>
      {pictureNames.map((name) => (
        <figure key={name}><figcaption><a href={`?state=${name}${more}`}>{name}</a></figcaption><iframe title={name} src={`?state=${name}${more}`} width={1366} height={640} loading="lazy" /></figure>
      ))}
    </main>
  );
}

function Preview() {
  const asked = useAsked();
  const language = asked.get("lang") === "ru" ? "ru" : "en";
  const theme = asked.get("theme");
  const shown = pictureNames.find((name) => name === asked.get("state"));
  return (
    <LanguageProvider key={shown} fixed={language}>
      <Kit clock={stoppedClock(now)}>{shown ? <Picture name={shown} language={language} /> : <All more={`&lang=${language}${theme === null ? "" : `&theme=${theme}`}`} />}</Kit>
    </LanguageProvider>
  );
}

const theme = new URLSearchParams(location.search).get("theme");
if (theme === "light" || theme === "dark") localStorage.setItem("sufler.theme", theme);
const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root.");
createRoot(root).render(<Preview />);
