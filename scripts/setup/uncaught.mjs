import { writeFileSync } from "node:fs";

/** Where the reporter below leaves what the JSON report of the same run does not carry. @param {string} report the JSON report's file */
export const besidesOf = (report) => report.replace(/\.json$/, ".besides.json");

/**
 * A reporter of vitest that keeps what its JSON report is silent about: errors that nobody caught, which fail a run in which every test
 * passed, and tests that held only when they were tried again. It writes beside the file of `--outputFile.json`.
 */
export default class Besides {
  onInit(vitest) {
    this.report = vitest.config.outputFile?.json;
  }

  onTestRunEnd(modules, uncaught) {
    if (!this.report) return;
    const retried = modules.flatMap((module) => [...module.children.allTests()]).filter((test) => test.diagnostic()?.flaky);
    writeFileSync(besidesOf(this.report), JSON.stringify({
      uncaught: uncaught.map(({ name, message, stack, VITEST_TEST_PATH: file, VITEST_TEST_NAME: test }) => ({ name, message, stack, file, test })),
      retried: retried.map((test) => ({ file: test.module.moduleId, test: test.fullName, times: test.diagnostic().retryCount, why: test.result().errors?.[0]?.message })),
    }));
  }
}
