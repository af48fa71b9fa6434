/**
 * Chooses and starts a browser, with a new and empty profile.
 *
 * TERRARIUM_BROWSER says which: nothing or `pinned` is the build's own Chromium, the program TERRARIUM_CHROMIUM;
 * `chromium` and `firefox` are the machine's, found on PATH; `system` is the first of both that there is; an absolute
 * path is that program.
 */
import { accessSync, constants, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, isAbsolute, join } from "node:path";
import { chromium, firefox } from "playwright-core";

/** The names that the machine's browsers go by. */
const PROGRAMS = {
  chromium: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
  firefox: ["firefox", "firefox-esr"],
};

/**
 * @typedef {object} Choice
 * @property {"chromium" | "firefox"} kind
 * @property {string} program Its path.
 */

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds the browser that `environment` asks for.
 *
 * @param {Record<string, string | undefined>} environment
 * @returns {Choice}
 * @throws {Error} when it is not there; the message says what to install or set
 */
export function chooseBrowser(environment = process.env) {
  const { TERRARIUM_BROWSER: wish = "pinned", TERRARIUM_CHROMIUM: pinned, PATH = "" } = environment;
  if (wish === "pinned") {
    if (!pinned) {
      throw new Error("TERRARIUM_CHROMIUM is not set: start the test through Bazel, or set TERRARIUM_BROWSER=system");
    }
    return { kind: "chromium", program: pinned };
  }
  if (isAbsolute(wish)) {
    if (!isProgram(wish)) {
      throw new Error(`TERRARIUM_BROWSER is ${wish}, which is no program: correct the path`);
    }
    return { kind: basename(wish).includes("firefox") ? "firefox" : "chromium", program: wish };
  }
  /** @type {Choice["kind"][]} */
  const kinds = wish === "system" ? ["chromium", "firefox"] : wish === "chromium" || wish === "firefox" ? [wish] : [];
  if (kinds.length === 0) {
    throw new Error(
      `TERRARIUM_BROWSER is '${wish}': use pinned, system, chromium, firefox or the absolute path of a browser`,
    );
  }
  const folders = PATH.split(delimiter).filter(isAbsolute);
  for (const kind of kinds) {
    for (const program of PROGRAMS[kind].flatMap((name) => folders.map((folder) => join(folder, name)))) {
      if (isProgram(program)) {
        return { kind, program };
      }
    }
  }
  throw new Error(
    `This machine has no ${kinds.join(" and no ")}: none of ${kinds.flatMap((kind) => PROGRAMS[kind]).join(", ")} is ` +
      `in ${folders.join(", ")}. Install one, or name another by ` +
      "--test_env=TERRARIUM_BROWSER=/absolute/path, or take the pinned Chromium: no --config=system-browser.",
  );
}

/**
 * @param {Choice} choice
 * @param {string} home
 */
async function start({ kind, program }, home) {
  const profile = join(home, "profile");
  const options = {
    executablePath: program,
    headless: true,
    viewport: { width: 1000, height: 700 },
    env: {
      HOME: home,
      PATH: process.env.PATH ?? "",
      TMPDIR: tmpdir(),
      TZ: "UTC",
      XDG_CACHE_HOME: join(home, "cache"),
      XDG_CONFIG_HOME: join(home, "config"),
    },
    timeout: 120_000,
  };
  if (kind === "chromium") {
    return chromium.launchPersistentContext(profile, {
      ...options,
      colorScheme: "light",
      chromiumSandbox: false,
      args: ["--disable-gpu", "--lang=en-US", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    });
  }
  return firefox.launchPersistentContext(profile, {
    ...options,
    colorScheme: "light",
    // A channel of this name is driven by WebDriver BiDi, which an unpatched Firefox speaks.
    channel: "moz-firefox",
    // What is not local goes to a proxy that is not there.
    firefoxUserPrefs: {
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": 9,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": 9,
      "network.proxy.no_proxies_on": "127.0.0.1",
    },
  });
}

/**
 * A started browser. Its windows share one profile: cookies, storage, caches.
 *
 * @typedef {object} Started
 * @property {import("playwright-core").BrowserContext} context
 * @property {string} name For example `Chromium 153.0.8010.0`.
 * @property {() => Promise<void>} close Ends it, and removes the profile.
 */

/**
 * Starts the browser of `chooseBrowser`.
 *
 * @param {Choice} [choice]
 * @returns {Promise<Started>}
 */
export async function launchBrowser(choice = chooseBrowser()) {
  // The browser's home too: nothing of the user's is read, and nothing is left behind.
  const home = mkdtempSync(join(tmpdir(), "browser-"));
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  /** @type {import("playwright-core").BrowserContext} */
  let context;
  try {
    context = await start(choice, home);
  } catch (error) {
    await remove();
    if (String(error).includes("unknown command")) {
      throw new Error(`${choice.program} is too old for playwright-core: install a newer ${choice.kind}`, {
        cause: error,
      });
    }
    throw error;
  }
  const version = context.browser()?.version() ?? "";
  return {
    context,
    name: `${choice.kind === "chromium" ? "Chromium" : "Firefox"} ${version}`.trim(),
    async close() {
      await context.close();
      await remove();
    },
  };
}
