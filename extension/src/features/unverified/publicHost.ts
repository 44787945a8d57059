import { isIP } from "node:net";

const privateNames = /(^|\.)(localhost|local|internal|lan|home|corp|test|invalid|home\.arpa)$/i;
const privateAddresses =
  /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[?(::1|f[cd][0-9a-f]{2}:|fe80:))/i;

/** Whether a gateway's host might be public. Assumes so if it can't tell. */
export function isPublic(url: string): boolean {
  let host: string;
  try {
    host = new URL(url).hostname;
  } catch {
    return true;
  }
  if (isIP(host.replaceAll(/[[\]]/g, "")) > 0) return !privateAddresses.test(host);
  return host.includes(".") && !privateNames.test(host);
}
