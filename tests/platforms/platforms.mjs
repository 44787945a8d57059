// @ts-check
/** The platforms that a Linux machine with an x64 processor can run, and what runs their programs. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot } from "../../extension/scripts/common.mjs";
import { isExecutable, onPath, run } from "../e2e/provision/run.mjs";
import { installSystemPackages } from "../e2e/provision/systemPackages.mjs";

/** @typedef {{ command: string[], version: string, end: () => void }} Runner `command` goes before the program, `end` ends all that was started */

/**
 * @typedef {object} Platform
 * @property {string} rid as .NET calls it
 * @property {string[]} properties how the server is published, if not as it's shipped
 * @property {NodeJS.ProcessEnv} env what the tests must know
 * @property {readonly (readonly [program: string, debianPackage: string])[]} needs
 * @property {Readonly<Record<string, string>>} unitTests by project, the filter of those that depend on the platform
 * @property {boolean} isTranslated whether each instruction is translated, which takes a whole processor and most of the tests' time limits
 * @property {readonly string[]} blackBoxFiles the black-box tests that run if no others are selected; none means all
 * @property {() => Promise<Runner>} prepare
 */

/** Not on everyone's PATH: Debian's package for Wine leaves these here. */
const winePrograms = "/usr/lib/wine";

/** @type {readonly Platform[]} */
export const platforms = [
  {
    rid: "win-x64",
    isTranslated: false,
    // Wine 8 doesn't find the core library in a single file.
    properties: ["-p:PublishSingleFile=false"],
    env: { COMPANION_CLIENT_PROCESS: "unseen" },
    needs: [
      ["wine64", "wine64"],
      ["wineserver64", "wine64"],
    ],
    // Not all of them: under Wine 8, .NET can't free methods that were created at run time, which others do. And Wine shows a symbolic
    // link as what it points to.
    unitTests: {
      "Companion.Gateway.Tests": "FullyQualifiedName~.Credentials.",
      "Companion.Server.Tests":
        "FullyQualifiedName!~An_unusable_folder&(FullyQualifiedName~.Storage.|FullyQualifiedName~.ServerSettingsTests)",
    },
    blackBoxFiles: [],
    prepare: prepareWine,
  },
  {
    rid: "linux-arm64",
    isTranslated: true,
    properties: [],
    env: {},
    needs: [
      ["qemu-aarch64", "qemu-user"],
      ["apt-get", "apt"],
      ["dpkg-deb", "dpkg"],
    ],
    unitTests: {},
    // Those of the process, TLS, proxies, and JSON. The rest takes more than half an hour under qemu, and depends less on the processor.
    blackBoxFiles: ["startup", "lifecycle", "certificates", "networks", "refusals", "changes"],
    prepare: prepareQemu,
  },
];

/**
 * Finds a program.
 * @param {string} name
 */
function find(name) {
  const beside = join(winePrograms, name);
  return onPath(name) ?? (isExecutable(beside) ? beside : undefined);
}

/**
 * Installs the missing programs, if that's wanted.
 * @param {Platform["needs"]} needs
 * @param {boolean} install
 * @returns {Promise<string[]>} the Debian packages that are still missing
 */
export async function provideTools(needs, install) {
  const missing = () => [...new Set(needs.filter(([program]) => !find(program)).map(([, name]) => name))];
  if (install && missing().length > 0)
    await installSystemPackages(missing()).catch(({ message }) => console.error(message));
  return missing();
}

async function prepareWine() {
  // Wine has one server for each TMPDIR, which some tests change.
  const settings = [
    `WINEPREFIX=${inRoot("out", "platforms", "wine")}`,
    `TMPDIR=${tmpdir()}`,
    "WINEDEBUG=-all",
  ];
  const program = /** @param {string} name */ (name) => ["env", "-u", "DISPLAY", ...settings, path(name)];
  const [command, server] = [program("wine64"), program("wineserver64")];
  start([...command, "wineboot", "--init"]);
  // Otherwise, it ends with the last program, and the next one waits for another.
  start([...server, "--persistent"]);
  return {
    command,
    version: (await call([...command, "--version"])).trim(),
    end: () => start([...server, "--kill"]),
  };
}

/**
 * Runs a program that leaves others running: they would hold its output open.
 * @param {string[]} command
 */
function start([program = "", ...args]) {
  spawnSync(program, args, { stdio: "ignore" });
}

async function prepareQemu() {
  const libraries = inRoot("out", "platforms", "linux-arm64-libraries");
  if (!existsSync(libraries)) await unpackLibraries(libraries);
  const version = /version (\S+)/.exec(await call([path("qemu-aarch64"), "--version"]))?.[1];
  return { command: [path("qemu-aarch64"), "-L", libraries], version: `qemu ${version}`, end: () => {} };
}

/**
 * Unpacks the libraries that the server links, with OpenSSL, from the distribution's packages. Nothing is installed: packages of another
 * architecture beside this one's would change the machine.
 * @param {string} folder
 */
async function unpackLibraries(folder) {
  const work = `${folder}.part`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, "lists", "partial"), { recursive: true });
  const options = {
    "APT::Architecture": "arm64",
    "APT::Architectures": "arm64",
    "APT::Sandbox::User": "root", // the folder may be readable only for this user
    "Dir::State::lists": join(work, "lists"),
    "Dir::State::status": "/dev/null",
    "Dir::Cache": work,
  };
  const apt = [
    "apt-get",
    "-q",
    ...Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]),
  ];
  await call([...apt, "update"]);
  await call([...apt, "download", "libc6", "libgcc-s1", "libstdc++6", "libssl3", "zlib1g"], work);
  for (const file of readdirSync(work).filter((name) => name.endsWith(".deb")))
    await call(["dpkg-deb", "-x", join(work, file), join(work, "root")]);
  renameSync(join(work, "root"), folder);
  rmSync(work, { recursive: true });
}

/** @param {string} name */
function path(name) {
  const found = find(name);
  if (!found) throw new Error(`${name} is missing.`);
  return found;
}

/**
 * @param {string[]} command
 * @param {string} [cwd]
 */
function call([program = "", ...args], cwd = inRoot()) {
  return run(program, args, { cwd });
}
