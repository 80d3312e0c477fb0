// Written so that old Nodes can still read it: it must be able to tell them that they are too old.
const LEAST = [20, 19];

/**
 * @param {string} version such as "20.20.2"
 * @returns {string | null} the sentence to show when this Node cannot run Sufler
 */
export function nodeProblem(version) {
  const parts = version.split(".").map(Number);
  const major = parts[0];
  const minor = parts[1];
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return null;
  return "Sufler needs Node " + LEAST.join(".") + " or newer, and this is Node " + version + ": install a newer one from nodejs.org or your system's packages.";
}
