/** Variables for a process; undefined takes one away. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a program needs of this machine to run at all. All else is left out, so that neither a developer's own
 * credentials and proxies nor the test runner's variables reach VS Code.
 */
const inherited = /^(PATH|LANG|LC_.*|TZ|TMPDIR|USER|LOGNAME|SHELL|DOTNET_.*)$/;

/** The environment of a person who has just logged in at `home`, with what a test adds or takes away. */
export function cleanEnvironment(home: string, changes: Environment): NodeJS.ProcessEnv {
  const base = Object.entries(process.env).filter(([name]) => inherited.test(name));
  return { ...Object.fromEntries(base), HOME: home, ...changes };
}
