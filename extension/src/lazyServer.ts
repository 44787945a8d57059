/** What starts the server's process. Apart from the client, so that the process starts while the client is loaded. */
export { ServerProcess } from "./client/serverProcess.js";
export { locateServer } from "./server/location.js";
export { thisMachine } from "./server/machine.js";
export { recorded } from "./server/recorded.js";
