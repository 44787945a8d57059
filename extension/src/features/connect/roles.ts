import * as l10n from "@vscode/l10n";
import { type RoleInfo, roleArn } from "../../protocol.g.js";
import { matches } from "../../ui/matches.js";

const arn = new RegExp(roleArn.pattern);

/** Returns what's wrong with a role's ARN, with specific messages for common mistakes. */
export function roleError(text: string): string | undefined {
  if (text.length > roleArn.maxLength) {
    return l10n.t("An ARN can have up to {0} characters. This one has {1}.", roleArn.maxLength, text.length);
  }
  if (arn.test(text)) return undefined;
  if (/^arn:aws[\w-]*:sts:/i.test(text) || text.includes(":assumed-role/")) {
    return l10n.t("This is a role session's ARN. Use {0}", example(text));
  }
  if (text.includes(":instance-profile/")) {
    return l10n.t("Instance profile ARN. Use its role's, such as {0}", example(text));
  }
  if (/^arn:aws[\w-]*:iam::\d{12}:(user|group|policy|root)\b/i.test(text)) {
    return l10n.t("This isn't a role's ARN. Use one such as {0}", example(text));
  }
  if (/^arn:/i.test(text)) return l10n.t("Use the ARN of an IAM role, such as {0}", example(text));
  return /^[\w+=,.@/-]+$/.test(text)
    ? l10n.t("This is only a name. Use an ARN such as {0}", example(text))
    : l10n.t("Use the ARN of an IAM role, such as {0}", example(text));
}

/** Returns the last part of a role's ARN. */
export function roleName(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}

/** Returns an example ARN, using what it can from the entered text. */
function example(text: string): string {
  const accountId = /:(\d{12}):/.exec(text)?.[1] ?? "123456789012";
  const parts = text.split("/");
  // in an assumed-role ARN, the session follows the name
  const named = text.includes(":assumed-role/") ? parts[1] : parts.at(-1);
  const name = named && /^[\w+=,.@-]{1,64}$/.test(named) ? named : "trainer";
  return `arn:aws:iam::${accountId}:role/${name}`;
}

/** A role in the picker. */
export interface RoleLine {
  /** Undefined for the node pool's default. */
  readonly role: string | undefined;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** The name of a codicon. */
  readonly icon: string;
  /** Why it can't be chosen. */
  readonly refusal?: string;
}

/** Returns the roles to offer: the node pool's default, known roles, and roles that the account lists. */
export function roleLines(listed: readonly RoleInfo[], known: readonly string[]): RoleLine[] {
  const own: RoleLine = {
    role: undefined,
    label: l10n.t("Node pool default"),
    detail: l10n.t("Doesn't request a role."),
    icon: "circle-outline",
  };
  const others = [...known, ...listed.map(({ role }) => role)];
  return [own, ...[...new Set(others)].map((role) => roleLine(role, listed))];
}

/**
 * Returns the picker item for entered text: the role, or what's wrong with it. Undefined if an existing item is meant.
 */
export function typedRoleLine(text: string, lines: readonly RoleLine[]): RoleLine | undefined {
  if (lines.some(({ role, label }) => role === text || label === text)) return undefined;
  const refusal = roleError(text);
  if (refusal !== undefined && lines.some((line) => matches(line, text))) return undefined;
  return {
    role: text,
    label: text,
    icon: refusal === undefined ? "check" : "error",
    detail: refusal ?? l10n.t("Use this role."),
    ...(refusal !== undefined && { refusal }),
  };
}

function roleLine(role: string, listed: readonly RoleInfo[]): RoleLine {
  const binding = listed.find((one) => one.role === role);
  return {
    role,
    label: roleName(role),
    detail: role,
    icon: "shield",
    ...(binding?.principal && { description: binding.principal }),
  };
}
