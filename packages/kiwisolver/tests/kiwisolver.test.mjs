/** kiwisolver from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

describe("the wheel", () => {
  test("its packages and every extension module are imported", () => {
    const { packages, extensions } = importAll(py, "kiwisolver");
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });
});

/** Runs a function's body after `from kiwisolver import *`, with three variables. */
function solve(body) {
  return run(
    py,
    `from kiwisolver import Constraint, Solver, Variable, strength\nx1, xm, x2 = map(Variable, ("x1", "xm", "x2"))\n${body.trim()}`,
  );
}

/** A segment between 0 and 100 whose middle can be moved; its left end would rather be at 40. */
const SEGMENT = `
solver = Solver()
for constraint in (x1 >= 0, x2 <= 100, x2 >= x1 + 20, xm == (x1 + x2) / 2, (x1 == 40) | "weak"):
  solver.addConstraint(constraint)
solver.addEditVariable(xm, "strong")
`;

describe("solving", () => {
  test("a strong wish wins over a weak one, within what is required", () => {
    const found = solve(`${SEGMENT}
found = []
for middle in (60, 90, 5, 1000):
  solver.suggestValue(xm, middle)
  solver.updateVariables()
  found.append([x1.value(), xm.value(), x2.value()])
return found`);
    assert.deepEqual(found, [
      [40, 60, 80],
      [80, 90, 100],
      [0, 10, 20],
      [80, 90, 100],
    ]);
  });

  test("what is taken back leaves no trace", () => {
    const found = solve(`${SEGMENT}
wide = x2 - x1 == 100
solver.addConstraint(wide)
solver.updateVariables()
found = [x1.value(), x2.value(), solver.hasConstraint(wide)]
solver.removeConstraint(wide)
solver.suggestValue(xm, 50)
solver.updateVariables()
return [*found, x1.value(), x2.value(), solver.hasConstraint(wide)]`);
    assert.deepEqual(found, [0, 100, true, 40, 60, false]);
  });

  test("a long chain of equations", () => {
    const last = solve(`
solver = Solver()
chain = [Variable(f"v{i}") for i in range(300)]
solver.addConstraint(chain[0] == 1.5)
for left, right in zip(chain, chain[1:]): solver.addConstraint(right == left + 0.25)
solver.updateVariables()
assert all(v.value() == 1.5 + 0.25 * i for i, v in enumerate(chain))
return chain[-1].value()`);
    assert.equal(last, 76.25);
  });

  test("expressions and strengths", () => {
    const found = solve(`
expression = 2 * (x1 + 3) - x2 / 4
terms = {term.variable().name(): term.coefficient() for term in expression.terms()}
return [terms["x1"], terms["x2"], expression.constant(), strength.create(0, 1, 0) == strength.medium, strength.required]`);
    assert.deepEqual(found, [2, -0.25, 6, true, 1001001000]);
  });
});

describe("what is refused", () => {
  for (const [what, body, error] of [
    ["requirements that contradict each other", "solver.addConstraint(x1 <= -1)", "UnsatisfiableConstraint"],
    [
      "a constraint that is there",
      "twice = x1 <= 7\nsolver.addConstraint(twice)\nsolver.addConstraint(twice)",
      "DuplicateConstraint",
    ],
    ["a constraint that is not there", "solver.removeConstraint(x1 == 3)", "UnknownConstraint"],
    ["a variable that is edited already", "solver.addEditVariable(xm, 'weak')", "DuplicateEditVariable"],
    ["a value for a variable that is not edited", "solver.suggestValue(x1, 3)", "UnknownEditVariable"],
    ["an edited variable that is required", "solver.addEditVariable(x1, 'required')", "BadRequiredStrength"],
    ["a product of variables", "x1 * x2", "TypeError"],
    ["a strength that is none", "(x1 == 1) | 'mighty'", "ValueError"],
  ]) {
    test(`${what}: ${error}`, () => {
      const attempt = body
        .split("\n")
        .map((line) => `  ${line}`)
        .join("\n");
      const raised = solve(`${SEGMENT}
try:
${attempt}
except Exception as error:
  raised = type(error).__name__
# A solver that was refused something is as upstream leaves it; a new one is not touched by that.${SEGMENT}
solver.suggestValue(xm, 60)
solver.updateVariables()
return [raised, x1.value()]`);
      assert.deepEqual(raised, [error, 40]);
    });
  }
});
