import { isExecutable, onPath } from "../../e2e/provision/run.mjs";
import { installSystemPackages } from "../../e2e/provision/systemPackages.mjs";

/** The programs by name, with their Debian packages and possible locations outside PATH. */
const programs = {
  openssl: { package: "openssl", otherPlaces: [] },
  squid: { package: "squid-openssl", otherPlaces: ["/usr/sbin/squid"] },
} as const;
type Name = keyof typeof programs;

export interface SystemPrograms {
  /** Absolute paths. */
  readonly found: { readonly [name in Name]?: string };
  readonly missing: readonly Name[];
}

/** Finds, and optionally installs, programs that the tests need. */
export async function systemPrograms({ install }: { install: boolean }): Promise<SystemPrograms> {
  const before = look();
  if (!install || before.missing.length === 0) return before;
  await installSystemPackages(before.missing.map((name) => programs[name].package));
  return look();
}

function look(): SystemPrograms {
  const names = Object.keys(programs) as Name[];
  const paths = names.map((name) => [name, find(name)] as const).filter(([, path]) => path !== undefined);
  const found = Object.fromEntries(paths) as SystemPrograms["found"];
  return { found, missing: names.filter((name) => found[name] === undefined) };
}

function find(name: Name): string | undefined {
  return onPath(name) ?? programs[name].otherPlaces.find(isExecutable);
}
