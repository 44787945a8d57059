import type { InitializationOptions } from "../protocol.g.js";

interface Setting {
  /** The ID for VS Code. */
  readonly id: string;
  /** The value if the user hasn't set it. The server's default applies then. */
  readonly unset: unknown;
  /** Whether the server restarts on its own when the setting changes, or the user decides. */
  readonly restart: "whenIdle" | "ask";
  /** Whether it might contain a secret, so that a report says only whether it's set. */
  readonly secret?: true;
}

/**
 * The user settings that the server needs, by the names of its options. Workspace settings are never used. Those that
 * decide where the key goes or whose it is don't restart the server on their own.
 */
export const serverSettings = {
  gatewayUrl: { id: "companion.gatewayUrl", unset: "", restart: "ask" },
  accountId: { id: "companion.accountId", unset: "", restart: "ask" },
  caFile: { id: "companion.caFile", unset: "", restart: "whenIdle" },
  proxy: { id: "http.proxy", unset: "", restart: "whenIdle", secret: true },
  proxySupport: { id: "http.proxySupport", unset: "", restart: "whenIdle" },
  proxyAuthorization: { id: "http.proxyAuthorization", unset: "", restart: "whenIdle", secret: true },
  noProxy: { id: "http.noProxy", unset: [] as string[], restart: "whenIdle" },
  strictSSL: {
    id: "http.proxyStrictSSL",
    unset: undefined as boolean | undefined,
    restart: "whenIdle",
  },
} satisfies { readonly [Name in keyof InitializationOptions]: Setting };

type Widened<T> = T extends string ? string : T;

/** The values of the settings. */
export type Settings = {
  readonly [Name in keyof typeof serverSettings]: Widened<(typeof serverSettings)[Name]["unset"]>;
};

/** What the server needs besides settings. */
export interface HostInfo {
  readonly vscodeVersion: string;
  readonly storagePath: string;
  readonly sandbox: boolean;
}

/** Returns the server's options. Leaves out what isn't set, so that its defaults apply. */
export function initializationOptions(settings: Settings, hostInfo: HostInfo): InitializationOptions {
  const { vscodeVersion, storagePath, sandbox } = hostInfo;
  const options = { ...onlySet(settings), vscodeVersion, storagePath };
  if (!sandbox) return options;
  const { accountId, ...others } = options; // an account of the real gateway doesn't exist in the sandbox
  return { ...others, gatewayUrl: "sandbox" };
}

function onlySet(settings: Settings): { [Name in keyof Settings]?: NonNullable<Settings[Name]> } {
  const isSet = (value: unknown) => value !== undefined && value !== "" && !isEmptyList(value);
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => isSet(value)));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Minimum length of a secret. Masking shorter texts would affect unrelated text. */
const shortestSecret = 6;

/** Returns the secrets in the settings: the proxy's password and authorization. */
export function proxySecrets({ proxy, proxyAuthorization }: Settings): string[] {
  const user = /^(?:[a-z0-9+.-]+:\/\/)?([^/]*)@/i.exec(proxy)?.[1] ?? "";
  const password = user.slice(user.indexOf(":") + 1);
  const credentials = proxyAuthorization.slice(proxyAuthorization.indexOf(" ") + 1).trim();
  return [...new Set([password, unescaped(password), credentials])].filter(
    (secret) => secret.length >= shortestSecret,
  );
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
