/** What the `python` command takes from its environment, and leaves in the user's folders. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { dist } from "./support.mjs";

const CLI = join(dist, "cli.mjs");
const folder = mkdtempSync(join(tmpdir(), "terrarium-environment-"));
after(() => rmSync(folder, { recursive: true }));

/** Variables for Python of who runs the test are none of its. */
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PYTHON")));

/**
 * Runs the command. Gives what it prints.
 *
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @param {string} [cwd]
 */
function python(args, env = {}, cwd = folder) {
  const { status, stdout, stderr } = spawnSync(process.argv0, [CLI, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...clean, ...env },
  });
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return stdout.trimEnd();
}

test("/usr/lib is Python's own, where libraries of packages go, and the rest of /usr is the host's", () => {
  const name = `terrarium-${process.pid}.so`;
  const write = `import os; os.makedirs('/usr/lib', exist_ok=True); open('/usr/lib/${name}', 'w').close()`;
  const shared = python(["-c", `${write}; print(*sorted(os.listdir('/usr')))`]);
  assert.equal(existsSync(`/usr/lib/${name}`), false);
  assert.equal(shared, [...new Set([...readdirSync("/usr"), "lib"])].sort().join(" "));
});

describe("PYTHONPATH", () => {
  const [first, second] = ["first", "second"].map((name) => join(folder, name));
  mkdirSync(first);
  mkdirSync(second);
  writeFileSync(join(second, "found.py"), "where = __file__\n");
  const show = "import sys; print(*sys.path, sep='\\n')";
  const own = python(["-c", show]).split("\n").slice(1);

  test("comes before the standard library, after the program's folder", () => {
    const path = python(["-c", show], { PYTHONPATH: `${first}:second` }).split("\n");
    assert.deepEqual(path, ["", first, second, ...own]);
    assert.equal(python(["-c", "import found; print(found.where)"], { PYTHONPATH: second }), join(second, "found.py"));
  });

  test("is absolute without site, and an empty folder in it is the current one", () => {
    const path = python(["-S", "-c", show], { PYTHONPATH: ":second" }).split("\n");
    assert.deepEqual(path.slice(0, 3), ["", folder, second]);
  });

  test("counts for nothing with -E and -I, or when it is empty", () => {
    assert.deepEqual(python(["-E", "-c", show], { PYTHONPATH: first }).split("\n"), ["", ...own]);
    assert.deepEqual(python(["-I", "-c", show], { PYTHONPATH: first }).split("\n"), own);
    assert.deepEqual(python(["-c", show], { PYTHONPATH: "" }).split("\n"), ["", ...own]);
  });

  test("can name a folder of the host that is inside of one of Python's own", () => {
    // Not /lib, where a test can put nothing: this process's own folder is there, and has files.
    const there = `/proc/${process.pid}`;
    assert.equal(python(["-c", `import os; print("status" in os.listdir("${there}"))`], { PYTHONPATH: there }), "True");
  });
});

test("other variables have Python's meaning", () => {
  const seen = (code, env) => python(["-c", code], env);
  assert.equal(seen("print(hash('a') == hash('a'), hash('a'))", { PYTHONHASHSEED: "0" }), "True -468864544");
  const flags = "import sys; f = sys.flags; print(f.dont_write_bytecode, f.safe_path, f.optimize, f.dev_mode)";
  assert.equal(seen(flags, {}), "0 False 0 False");
  assert.equal(
    seen(flags, { PYTHONDONTWRITEBYTECODE: "1", PYTHONSAFEPATH: "1", PYTHONOPTIMIZE: "2", PYTHONDEVMODE: "1" }),
    "1 True 2 True",
  );
  assert.equal(seen("import sys; print(sys.path[0] == '')", { PYTHONSAFEPATH: "1" }), "False");
  assert.equal(seen("import sys; print(sys.warnoptions)", { PYTHONWARNINGS: "error,ignore" }), "['error', 'ignore']");
  assert.equal(seen("import sys; print(sys.stdout.write_through)", { PYTHONUNBUFFERED: "1" }), "True");
  assert.equal(seen("import sys; print(sys.stdout.encoding)", { PYTHONIOENCODING: "latin-1" }), "iso8859-1");
  // Where the standard library is is not the user's to say.
  assert.equal(seen("import json; print(json.__name__)", { PYTHONHOME: "/no/such" }), "json");
});

describe("bytecode of the user's modules", () => {
  const here = join(folder, "bytecode");
  const source = join(here, "mine.py");
  beforeEach(() => {
    rmSync(here, { recursive: true, force: true });
    mkdirSync(here);
    writeFileSync(source, "x = 1\n");
  });
  const x = (env = {}, ...options) => python([...options, "-c", "import mine; print(mine.x)"], env, here);
  const bytecode = () => readdirSync(here, { recursive: true }).filter((name) => name.endsWith(".pyc"));

  test("is written beside them, and used", () => {
    assert.equal(x(), "1");
    assert.deepEqual(bytecode(), ["__pycache__/mine.cpython-314.pyc"]);
    // Another source of the same size and time: who reads the bytecode does not see it.
    const { atime, mtime } = statSync(source);
    writeFileSync(source, "x = 2\n");
    utimesSync(source, atime, mtime);
    assert.equal(x(), "1");
    utimesSync(source, atime, new Date(mtime.getTime() + 5000));
    assert.equal(x(), "2");
  });

  test("is not written with -B or PYTHONDONTWRITEBYTECODE", () => {
    x({}, "-B");
    x({ PYTHONDONTWRITEBYTECODE: "1" });
    assert.deepEqual(bytecode(), []);
  });

  test("goes where PYTHONPYCACHEPREFIX says", () => {
    x({ PYTHONPYCACHEPREFIX: "elsewhere" });
    assert.deepEqual(bytecode(), [join("elsewhere", here, "mine.cpython-314.pyc")]);
  });
});

describe("the process's umask", () => {
  /** Makes a file and a folder under a umask of the process. Gives their modes, and what Python said the umask was. */
  function modes(umask, code = "") {
    const script = join(folder, "make.py");
    writeFileSync(
      script,
      `import os\nbefore = os.umask(0o22)\nprint(oct(before))\nos.umask(before)\n${code}\nopen("file", "w").close()\nos.mkdir("made")\n`,
    );
    const before = process.umask(Number.parseInt(umask, 8));
    try {
      const said = python(["make.py"]);
      const of = (name) => (statSync(join(folder, name)).mode & 0o777).toString(8);
      return [said, of("file"), of("made")];
    } finally {
      process.umask(before);
      rmSync(join(folder, "file"), { force: true });
      rmSync(join(folder, "made"), { recursive: true, force: true });
    }
  }

  test("is Python's, and is taken from the modes of files and folders", () => {
    assert.deepEqual(modes("027"), ["0o27", "640", "750"]);
    assert.deepEqual(modes("002"), ["0o2", "664", "775"]);
    assert.deepEqual(modes("077"), ["0o77", "600", "700"]);
  });

  test("can be changed by Python, both ways", () => {
    assert.deepEqual(modes("027", "os.umask(0)"), ["0o27", "666", "777"]);
    assert.deepEqual(modes("000", "os.umask(0o77)"), ["0o0", "600", "700"]);
  });
});
