/** Everything that activation doesn't need. Loaded as a whole with the first command, which needs most of it. */
export { createClient } from "./client/main.js";
export { connect, connectTo } from "./features/connect/connect.js";
export { disconnect } from "./features/disconnect/disconnect.js";
export { showMenu } from "./features/menu/showMenu.js";
export { refresh } from "./features/select/refresh.js";
export { selectEnvironment } from "./features/select/selectEnvironment.js";
export { signIn } from "./features/signIn/signIn.js";
export { signOut } from "./features/signIn/signOut.js";
export { switchAccount } from "./features/signIn/switchAccount.js";
export { getStarted } from "./features/walkthrough/getStarted.js";
export { locateServer } from "./server/location.js";
export { thisMachine } from "./server/machine.js";
export { recorded } from "./server/recorded.js";
export { diagnose } from "./support/diagnose.js";
export { saveReport } from "./support/saveReport.js";
