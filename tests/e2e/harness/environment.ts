/** Variables for a process. Undefined removes one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What programs need from this machine. Everything else is left out, so that a developer's credentials and proxies or
 * the test runner's variables don't reach VS Code.
 */
const inherited = /^(PATH|LANG|LC_.*|TZ|TMPDIR|USER|LOGNAME|SHELL|DOTNET_.*)$/;

/** The environment of a user who has just logged in at `home`, with changes by the test. */
export function cleanEnvironment(home: string, changes: Environment): NodeJS.ProcessEnv {
  const base = Object.entries(process.env).filter(([name]) => inherited.test(name));
  return { ...Object.fromEntries(base), HOME: home, ...changes };
}
