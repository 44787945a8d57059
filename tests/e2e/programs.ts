import { systemPrograms } from "../blackbox/support/systemPrograms.js";

const isCI = !["", "0", "false"].includes(process.env.CI ?? "") && process.platform === "linux";
const { found, missing } = await systemPrograms({ install: isCI });
if (missing.length > 0) console.log(`tests that need ${missing.join(" and ")} are skipped`);

/** The missing programs. With CI on Linux, they're installed. */
export { missing };

/** Programs of the operating system that some tests need. "" if one is missing. */
export const programs = { openssl: found.openssl ?? "", squid: found.squid ?? "" };
