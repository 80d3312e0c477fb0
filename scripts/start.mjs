// `npm start`: installs what is missing, builds what has changed, and runs the server in this very process.
// Plain Node without packages, because nothing may be installed yet.
import { nodeProblem } from "./setup/node.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./setup/launch.mjs")
    .then((launch) => launch.launch(process.argv.slice(2)))
    .catch((error) => {
      console.error(error && error.sentence ? error.sentence : error);
      process.exit(1);
    });
}
