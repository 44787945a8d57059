import type { InitializationOptions } from "../protocol.g.js";

/** The person's settings that the server is told; a workspace has no say in any of them. */
export interface Settings {
  readonly gatewayUrl: string;
  readonly accountId: string;
  readonly caFile: string;
  /** VS Code's `http.proxy`. */
  readonly proxy: string;
  /** VS Code's `http.proxySupport`; empty where the person said nothing. */
  readonly proxySupport: string;
  /** VS Code's `http.proxyAuthorization`. */
  readonly proxyAuthorization: string;
  /** VS Code's `http.noProxy`. */
  readonly noProxy: readonly string[];
  /** VS Code's `http.proxyStrictSSL`; undefined where the person said nothing. */
  readonly strictSSL: boolean | undefined;
}

/** What the server is told that is no setting. */
export interface HostInfo {
  readonly vscodeVersion: string;
  readonly storagePath: string;
  readonly sandbox: boolean;
}

/** The server's options: only what was set, so that its own defaults hold for the rest. */
export function initializationOptions(settings: Settings, hostInfo: HostInfo): InitializationOptions {
  const { accountId, caFile, proxy, proxySupport, proxyAuthorization, noProxy, strictSSL } = settings;
  const { vscodeVersion, storagePath, sandbox } = hostInfo;
  const gatewayUrl = sandbox ? "sandbox" : settings.gatewayUrl;
  return {
    vscodeVersion,
    storagePath,
    ...(gatewayUrl && { gatewayUrl }),
    // The account of a real gateway means nothing in the sandbox.
    ...(accountId && !sandbox && { accountId }),
    ...(proxy && { proxy }),
    ...(proxySupport && { proxySupport }),
    ...(proxyAuthorization && { proxyAuthorization }),
    ...(noProxy.length > 0 && { noProxy: [...noProxy] }),
    ...(strictSSL !== undefined && { strictSSL }),
    ...(caFile && { caFile }),
  };
}

/** Shorter texts are no secret, and would mask half of every line. */
const shortestSecret = 6;

/** What of the settings is secret: the proxy's password, and its Authorization. */
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
