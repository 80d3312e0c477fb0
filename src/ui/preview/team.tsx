import { createRoot } from "react-dom/client";
import { useAsked, useShown } from "./asked.ts";
import { TeamFrame, teamFrames } from "./teamFrames.tsx";

/** Development only: `vite`, then /src/ui/preview/team.html?frame=lead%20day&lang=en&theme=dark */
function Preview() {
  const asked = useAsked();
  const frame = asked.get("frame");
  if (frame !== null) return <Frame key={frame} name={frame} language={asked.get("lang") === "en" ? "en" : "ru"} />;
  return <ul>{Object.keys(teamFrames).flatMap((name) => (["ru", "en"] as const).map((lang) => <li key={name + lang}><a href={`?${new URLSearchParams({ frame: name, lang }).toString()}`}>{name}, {lang}</a></li>))}</ul>;
}

function Frame({ name, language }: { readonly name: string; readonly language: "ru" | "en" }) {
  useShown(name);
  return <TeamFrame name={name} language={language} />;
}

const theme = new URLSearchParams(location.search).get("theme");
if (theme === "light" || theme === "dark") localStorage.setItem("sufler.theme", theme);
const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(<Preview />);
