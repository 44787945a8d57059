import type { InitializationOptions } from "../protocol.g.js";

/** The user settings that the server needs. Workspace settings are never used. */
export interface Settings {
  readonly gatewayUrl: string;
  readonly accountId: string;
  readonly caFile: string;
  readonly proxy: string;
  /** VS Code's `http.proxySupport`. Empty if it isn't set. */
  readonly proxySupport: string;
  readonly proxyAuthorization: string;
  readonly noProxy: readonly string[];
  /** VS Code's `http.proxyStrictSSL`. Undefined if it isn't set. */
  readonly strictSSL: boolean | undefined;
}

/** What the server needs besides settings. */
export interface HostInfo {
  readonly vscodeVersion: string;
  readonly storagePath: string;
  readonly sandbox: boolean;
}

/** Returns the server's options. Leaves out what isn't set, so that its defaults apply. */
export function initializationOptions(settings: Settings, hostInfo: HostInfo): InitializationOptions {
  const { accountId, caFile, proxy, proxySupport, proxyAuthorization, noProxy, strictSSL } = settings;
  const { vscodeVersion, storagePath, sandbox } = hostInfo;
  const gatewayUrl = sandbox ? "sandbox" : settings.gatewayUrl;
  return {
    vscodeVersion,
    storagePath,
    ...(gatewayUrl && { gatewayUrl }),
    // An account of the real gateway doesn't exist in the sandbox.
    ...(accountId && !sandbox && { accountId }),
    ...(proxy && { proxy }),
    ...(proxySupport && { proxySupport }),
    ...(proxyAuthorization && { proxyAuthorization }),
    ...(noProxy.length > 0 && { noProxy: [...noProxy] }),
    ...(strictSSL !== undefined && { strictSSL }),
    ...(caFile && { caFile }),
  };
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
