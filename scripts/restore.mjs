// `npm run restore`: puts such a file into an empty data folder or database.
import { nodeProblem } from "./setup/node.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./setup/launch.mjs")
    .then((launch) => launch.keep("restore", process.argv.slice(2)))
    .then(() => process.exit(), (error) => {
      console.error(error && error.sentence ? error.sentence : error);
      process.exit(1);
    });
}
