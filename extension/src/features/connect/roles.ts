import * as l10n from "@vscode/l10n";
import { type RoleInfo, roleArn } from "../../protocol.g.js";

const arn = new RegExp(roleArn.pattern);

/** What is wrong with a text that is to be the ARN of a role, naming the mistake where it is a usual one. */
export function roleError(text: string): string | undefined {
  if (text.length > roleArn.maxLength) {
    return l10n.t("An ARN can have up to {0} characters. This one has {1}.", roleArn.maxLength, text.length);
  }
  if (arn.test(text)) return undefined;
  if (/^arn:aws[\w-]*:sts:/i.test(text) || text.includes(":assumed-role/")) {
    return l10n.t("This ARN is for a role session. Enter the role's ARN, for example {0}", example(text));
  }
  if (text.includes(":instance-profile/")) {
    return l10n.t(
      "This ARN is for an instance profile. Enter the ARN of its role, for example {0}",
      example(text),
    );
  }
  if (/^arn:aws[\w-]*:iam::\d{12}:(user|group|policy|root)\b/i.test(text)) {
    return l10n.t("This ARN isn't for a role. Enter a role's ARN, for example {0}", example(text));
  }
  if (/^arn:/i.test(text)) return l10n.t("Enter the ARN of an IAM role, for example {0}", example(text));
  return /^[\w+=,.@/-]+$/.test(text)
    ? l10n.t("This is only the role's name. Enter its full ARN, for example {0}", example(text))
    : l10n.t("Enter the ARN of an IAM role, for example {0}", example(text));
}

/** The name of a role, which is the last part of its ARN. */
export function roleName(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}

/** How the ARN would be, with what of it can be taken from the text. */
function example(text: string): string {
  const accountId = /:(\d{12}):/.exec(text)?.[1] ?? "123456789012";
  const parts = text.split("/");
  // An assumed role has its session behind its name.
  const named = text.includes(":assumed-role/") ? parts[1] : parts.at(-1);
  const name = named && /^[\w+=,.@-]{1,64}$/.test(named) ? named : "trainer";
  return `arn:aws:iam::${accountId}:role/${name}`;
}

/** A role as a line of the picker. */
export interface RoleLine {
  /** Undefined: the node pool's own. */
  readonly role: string | undefined;
  /** True where the account lists it. */
  readonly roleListed: boolean;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon's name. */
  readonly icon: string;
  /** Why it cannot be chosen. */
  readonly refusal?: string;
}

/**
 * The roles to offer: the node pool's own, those in use, then those that the account lists.
 * @param listed as the account lists them
 * @param known those that were in use before
 */
export function roleLines(listed: readonly RoleInfo[], known: readonly string[]): RoleLine[] {
  const own: RoleLine = {
    role: undefined,
    roleListed: false,
    label: l10n.t("Node pool default"),
    detail: l10n.t("Doesn't request a role."),
    icon: "circle-outline",
  };
  const others = [...known, ...listed.map(({ role }) => role)];
  return [own, ...[...new Set(others)].map((role) => roleLine(role, listed))];
}

/** The line for a text that is being typed: itself as a role, or what is wrong with it; undefined where it is one of the others. */
export function typedRoleLine(text: string, lines: readonly RoleLine[]): RoleLine | undefined {
  if (lines.some(({ role, label }) => role === text || label === text)) return undefined;
  const refusal = roleError(text);
  return {
    role: text,
    roleListed: false,
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
    roleListed: binding !== undefined,
    label: roleName(role),
    detail: role,
    icon: "shield",
    ...(binding?.principal && { description: binding.principal }),
  };
}
