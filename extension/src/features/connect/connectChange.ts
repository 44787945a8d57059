import type { App } from "../../app.js";
import type { ConnectionParams, ConnectPlan } from "../../protocol.g.js";
import { type EndChoice, leaseOf } from "../../state/ends.js";
import { nameOf } from "../../state/view.js";
import { connectedText } from "../change/outcome.js";
import type { Change } from "../change/runChange.js";
import { connectText } from "./connectionText.js";

/** A connect that the server has checked, and that the user confirmed if it has risks. */
export interface Connect {
  readonly plan: ConnectPlan;
  readonly connection: ConnectionParams;
  readonly end: EndChoice;
}

/** Returns a connect as a change, which is remembered for the next time if it took effect. */
export function changeOf(app: App, { plan, connection, end }: Connect): Change<"connect"> {
  const { environment, acceptedRisks } = plan;
  const { accountId, environmentId } = environment;
  const lease = end === "none" ? undefined : leaseOf(end, Date.now());
  return {
    method: "connect",
    params: { accountId, environmentId, connection, ...(lease && { lease }) },
    environment,
    title: connectText(environment, connection, end),
    applied: () => app.memory.setLastConnection(environment, { ...connection, acceptedRisks, end }),
    done: (connected) => connectedText(nameOf(environment), connection.nodePoolId, connected),
  };
}
