import { createRoot } from "react-dom/client";
import { TeamFrame, teamFrames } from "./teamFrames.tsx";

// Development only: `vite`, then /src/ui/preview/team.html?frame=lead%20day&lang=en
const asked = new URLSearchParams(location.search);
const frame = asked.get("frame");
const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(frame
  ? <TeamFrame name={frame} language={asked.get("lang") === "en" ? "en" : "ru"} />
  : <ul>{Object.keys(teamFrames).flatMap((name) => (["ru", "en"] as const).map((lang) => <li key={name + lang}><a href={`?${new URLSearchParams({ frame: name, lang }).toString()}`}>{name}, {lang}</a></li>))}</ul>);
