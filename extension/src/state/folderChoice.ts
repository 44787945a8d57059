import type { Selection } from "./view.js";

/** The user's choices for a folder. They decide what costs money, so only the user can change them. */
export interface FolderChoice {
  readonly sandbox?: boolean | undefined;
  /** The account that the folder was switched to. */
  readonly account?: string | undefined;
  readonly environment?: Selection | undefined;
  /** The environment in the sandbox. */
  readonly sandboxEnvironment?: Selection | undefined;
}

/** Parses the content of the file. Ignores what can't be read. */
export function parseChoice(text: string): FolderChoice {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof kept !== "object" || kept === null) return {};
  const { sandbox, account, environment, sandboxEnvironment } = kept as Record<string, unknown>;
  return {
    sandbox: sandbox === true,
    account: typeof account === "string" ? account : undefined,
    environment: selectionOf(environment),
    sandboxEnvironment: selectionOf(sandboxEnvironment),
  };
}

export function isSameSelection(one: Selection | undefined, other: Selection | undefined): boolean {
  return one?.accountId === other?.accountId && one?.environmentId === other?.environmentId;
}

/** How another window's choice for the same folder differs from this window's. */
export type Difference =
  | { readonly kind: "enteredSandbox" | "leftSandbox" }
  | { readonly kind: "account"; readonly here: string; readonly there: string }
  | { readonly kind: "environment"; readonly here: Selection; readonly there: Selection };

/**
 * Returns the most important difference, if any. If one of the windows has no account or environment, nothing can be
 * connected by mistake.
 * @param here this window's choice, with the account in use
 */
export function differenceOf(here: FolderChoice, there: FolderChoice): Difference | undefined {
  if (Boolean(here.sandbox) !== Boolean(there.sandbox))
    return { kind: there.sandbox ? "enteredSandbox" : "leftSandbox" };
  if (!here.sandbox && here.account && there.account && here.account !== there.account)
    return { kind: "account", here: here.account, there: there.account };
  const name = here.sandbox ? "sandboxEnvironment" : "environment";
  const [mine, other] = [here[name], there[name]];
  if (!mine || !other || isSameSelection(mine, other)) return undefined;
  return { kind: "environment", here: mine, there: other };
}

/** Returns the environment that a value from elsewhere names, if it names one. */
export function selectionOf(value: unknown): Selection | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { accountId, environmentId, displayName } = value as Record<string, unknown>;
  if (typeof accountId !== "string" || typeof environmentId !== "string") return undefined;
  return { accountId, environmentId, ...(typeof displayName === "string" && { displayName }) };
}
