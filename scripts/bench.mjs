// `npm run bench [name…]`: measures, and prints a table; `-- --json FILE` writes it too. Names without anything: all.
import { nodeProblem } from "./setup/node.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./bench/bench.mjs")
    .then((bench) => bench.bench(process.argv.slice(2)))
    .catch((error) => {
      console.error(error && error.sentence ? error.sentence : error);
      process.exit(1);
    });
}
