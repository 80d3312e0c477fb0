import { createRoot } from "react-dom/client";
import { stoppedClock } from "#ui/kit/clock.ts";
import { Kit } from "#ui/kit/Kit.tsx";
import { DeskScreen } from "#ui/screens/DeskScreen.tsx";
import { LanguageProvider } from "#ui/words/LanguageProvider.tsx";
import { now } from "./content.ts";
import { deskPictures, pictureNames, type PictureName } from "./fixtures.ts";
import { previewDesk } from "./previewDesk.ts";
import "./preview.css";

/** Development only: every state of the desk has a picture. `?state=talking&lang=ru&theme=dark` shows one, without `state` all stand side by side. */
const asked = new URLSearchParams(location.search);
const language = asked.get("lang") === "ru" ? "ru" : "en";
const theme = asked.get("theme");
const state = asked.get("state");

function Picture({ name }: { readonly name: PictureName }) {
  return <DeskScreen desk={previewDesk(deskPictures(language)[name])} onSignOut={() => { location.search = ""; }} />;
}

function All() {
  const more = `&lang=${language}${theme === null ? "" : `&theme=${theme}`}`;
  return (
    <main className="pictures">
      {pictureNames.map((name) => (
        <figure key={name}><figcaption><a href={`?state=${name}${more}`}>{name}</a></figcaption><iframe title={name} src={`?state=${name}${more}`} width={1366} height={640} loading="lazy" /></figure>
      ))}
    </main>
  );
}

const shown = pictureNames.find((name) => name === state);
if (theme === "light" || theme === "dark") localStorage.setItem("sufler.theme", theme);
const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root.");
createRoot(root).render(
  <LanguageProvider fixed={language}><Kit clock={stoppedClock(now)}>{shown ? <Picture name={shown} /> : <All />}</Kit></LanguageProvider>,
);
