/** A suite in Python (suites/), in Terrarium. */
import { readBytes } from "./answers.mjs";

/**
 * @typedef {object} Settings Addresses.
 * @property {string} release Of the release's folder, with a slash at its end.
 * @property {string[]} packages What loadPackage is given: names of the release's packages, addresses of wheels.
 * @property {string} suites Of the folder with the suites, with a slash at its end.
 * @property {string} suite The suite's module.
 */

/**
 * @param {Settings} settings
 * @returns {Promise<import("./answers.mjs").Suite>}
 */
export async function openSuite(settings) {
  const { loadTerrarium } = await import(`${settings.release}pyodide.mjs`);
  const python = await loadTerrarium();
  await python.loadPackage(settings.packages, { messageCallback: () => {} });
  python.FS.mkdirTree("/bench");
  for (const file of ["suite.py", `${settings.suite}.py`]) {
    python.FS.writeFile(`/bench/${file}`, await readBytes(`${settings.suites}${file}`));
  }
  python.runPython("import sys; sys.path.append('/bench')");
  const answers = python.pyimport("suite").Answers(settings.suite, python.toPy({}));
  const ask = (/** @type {import("./answers.mjs").Request} */ request) => {
    const { answer, error } = JSON.parse(answers.answer(JSON.stringify(request)));
    if (error) {
      throw new Error(error);
    }
    return answer;
  };
  return {
    prepare: (prepare, size) => ask({ prepare, size }),
    time: (time) => ask({ time }),
    result: () => ask({ result: true }),
    facts: () => ask({ facts: true }),
  };
}
