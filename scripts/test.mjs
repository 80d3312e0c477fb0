// `npm test`: types, lint, unit tests, build and journeys, one after the other; `npm test -- unit script` runs a part of it.
import { nodeProblem } from "./setup/node.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./setup/check.mjs")
    .then((check) => check.check(process.argv.slice(2)))
    .then((held) => (process.exitCode = held ? 0 : 1))
    .catch((error) => {
      console.error(error && error.sentence ? error.sentence : error);
      process.exit(1);
    });
}
