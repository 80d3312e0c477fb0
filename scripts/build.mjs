// `npm run build`: makes dist/client and dist/server anew, changed or not.
import { nodeProblem } from "./setup/node.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./setup/launch.mjs")
    .then((launch) => launch.buildOnly())
    .catch((error) => {
      console.error(error && error.sentence ? error.sentence : error);
      process.exit(1);
    });
}
