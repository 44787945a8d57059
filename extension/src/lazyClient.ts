/** The client. Apart from the commands, because the state is refreshed after a reload without any command. */
export { createClient } from "./client/main.js";
