import type { App } from "../../app.js";
import { EnvironmentsTree } from "./environmentsTree.js";
import { NodePoolsTree } from "./nodePoolsTree.js";
import type { Handles, Trees } from "./registerViews.js";

/** Fills the views. */
export function showViews(app: App, handles: Handles): Trees {
  const nodePools = new NodePoolsTree(app, handles.nodePools);
  const environments = new EnvironmentsTree(app, handles.environments, (id) => nodePools.poolOf(id));
  nodePools.onChange.listen(() => environments.redrawAll());
  return { environments, nodePools };
}
