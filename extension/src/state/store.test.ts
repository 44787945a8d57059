import { describe, expect, it } from "vitest";
import { account, environment } from "../../test/views.js";
import { Store } from "./store.js";

const pool = { nodePoolId: "h100", state: "READY", instanceType: "p5.48xlarge" };

function connectedStore(): Store {
  const store = new Store();
  store.dispatch({ type: "account", account });
  store.dispatch({
    type: "selected",
    environment: environment({ connection: { nodePoolId: "h100", numRanks: 8 } }),
  });
  return store;
}

describe("the instance type", () => {
  it("is known once the node pool was listed", () => {
    const store = connectedStore();
    expect(store.instanceType).toBeUndefined();
    store.nodePoolsListed([{ nodePoolId: "h100", state: "READY" }]);
    expect(store.instanceType).toBeUndefined();
    store.nodePoolsListed([pool]);
    expect(store.instanceType).toBe("p5.48xlarge");
    store.dispatch({ type: "selected", environment: environment() });
    expect(store.instanceType).toBeUndefined();
  });

  it("isn't taken from another account's node pool with the same ID", () => {
    const store = connectedStore();
    store.dispatch({ type: "account", account: { ...account, accountId: "other" } });
    store.nodePoolsListed([pool]);
    expect(store.instanceType).toBeUndefined();
  });
});
