import { createHash } from "node:crypto";

/** Returns a file name for any text: 32 hexadecimal digits that no other text has. */
export function hashedName(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
