/** What activation doesn't need, except for the server. Loaded as a whole with the first command, which needs most of it. */
import { showLastFailure } from "./features/change/showLastFailure.js";
import { connect, connectTo, resumeWaiting } from "./features/connect/connect.js";
import { disconnect } from "./features/disconnect/disconnect.js";
import { disconnectWhenConnected, keepConnected } from "./features/disconnect/planDisconnect.js";
import { setEnd } from "./features/lease/setEnd.js";
import { showMenu } from "./features/menu/showMenu.js";
import { trySandbox } from "./features/sandbox/trySandbox.js";
import { refresh } from "./features/select/refresh.js";
import { selectEnvironment } from "./features/select/selectEnvironment.js";
import { signIn } from "./features/signIn/signIn.js";
import { signOut } from "./features/signIn/signOut.js";
import { switchAccount } from "./features/signIn/switchAccount.js";
import { addToTerminals } from "./features/terminal/addToTerminals.js";
import { showUsage } from "./features/usage/showUsage.js";
import { copyId } from "./features/views/copyId.js";
import { refreshView } from "./features/views/refreshView.js";
import { stopWaiting } from "./features/waiting/stopWaiting.js";
import { getStarted } from "./features/walkthrough/getStarted.js";
import { diagnose } from "./support/diagnose.js";
import { saveReport } from "./support/saveReport.js";

export { carryOutPlan } from "./features/disconnect/planDisconnect.js";
export { remindOfConnection } from "./features/idle/remindOfConnection.js";
export { extendIfBusy } from "./features/lease/extendIfBusy.js";
export { tellEnding } from "./features/lease/tellEnding.js";
export { ensureAccount } from "./features/signIn/ensureAccount.js";
export { showViews } from "./features/views/showViews.js";

/** Handlers of all commands that `main.ts` doesn't handle itself. */
export const handlers = {
  addToTerminals,
  connect,
  connectDisabled: connect, // it says what the environment is doing instead
  connectTo,
  copyId,
  diagnose,
  disconnect,
  disconnectWhenConnected,
  getStarted,
  keepConnected,
  refresh,
  refreshView,
  resumeWaiting,
  saveReport,
  selectEnvironment,
  setEnd,
  showLastFailure,
  showMenu,
  showUsage,
  signIn,
  signOut,
  stopWaiting,
  switchAccount,
  trySandbox,
};
