import { describe, expect, it } from "vitest";
import { confirmed, environment } from "../../../test/views.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { changingOf, type GroupName, groupNames, groupOf, groupTitle, isOwn, type User } from "./groups.js";

const known: User = { email: "ada@example.com", used: new Set(["trainer"]) };
const unknown: User = { email: undefined, used: new Set(["trainer"]) };

describe("groupOf", () => {
  it.each<[string, User, Partial<EnvironmentInfo>, GroupName]>([
    ["the user's own", known, { createdBy: "ada@example.com" }, "mine"],
    ["the user's own, in another case", known, { createdBy: "Ada@Example.com" }, "mine"],
    ["the user's own, shared with others", known, { createdBy: "ada@example.com", shared: true }, "mine"],
    ["someone else's", known, { createdBy: "grace@example.com" }, "others"],
    ["someone else's, shared", known, { createdBy: "grace@example.com", shared: true }, "shared"],
    ["without a creator", known, {}, "others"],
    ["without a creator, shared", known, { shared: true }, "shared"],
    ["used here by an unknown user", unknown, { createdBy: "ada@example.com" }, "used"],
    ["used here by an unknown user, shared", unknown, { shared: true }, "used"],
    ["not used here by an unknown user", unknown, { environmentId: "eval" }, "others"],
    ["not used here, shared", unknown, { environmentId: "eval", shared: true }, "shared"],
  ])("%s", (_, user, more, group) => expect(groupOf(environment(more), user)).toBe(group));
});

describe("groupTitle", () => {
  it("names each group", () =>
    expect(groupNames.map((name) => groupTitle(name, known))).toEqual([
      "Mine",
      "Used on This Machine",
      "Shared with Me",
      "Others",
    ]));

  it("doesn't claim that an environment was shared with an unknown user", () =>
    expect(groupTitle("shared", unknown)).toBe("Shared"));
});

it("counts the first two groups as the user's", () =>
  expect(groupNames.filter(isOwn)).toEqual(["mine", "used"]));

it.each<[string, Partial<EnvironmentInfo>, boolean]>([
  ["the user's own", { state: "CONNECTING" }, true],
  ["the user's own at rest", { state: "CONNECTED" }, false],
  ["the user's own that's being created", { state: "CREATING" }, false],
  ["someone else's", { state: "CONNECTING", createdBy: "grace@example.com" }, false],
])("changingOf: %s", (_, more, is) => {
  const view = confirmed(environment({ createdBy: "ada@example.com", ...more }));
  expect(changingOf([view], known)).toHaveLength(is ? 1 : 0);
});

it("leaves many changing environments to the list", () => {
  const view = confirmed(environment({ createdBy: "ada@example.com", state: "CONNECTING" }));
  expect(changingOf(Array(10).fill(view), known)).toHaveLength(10);
  expect(changingOf(Array(11).fill(view), known)).toEqual([]);
});
