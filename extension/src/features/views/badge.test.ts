import { expect, it } from "vitest";
import { confirmed, environment, observed } from "../../../test/views.js";
import { freshFor } from "../../state/freshness.js";
import type { View } from "../../state/view.js";
import { badgeOf } from "./badge.js";

const user = { email: "ada@example.com", used: new Set<string>() };
const of = (state: string, createdBy = "ada@example.com") => confirmed(environment({ state, createdBy }));

it.each<[string, View[], number, ReturnType<typeof badgeOf>]>([
  ["nothing known", [], 0, undefined],
  ["none connected", [of("DISCONNECTED"), of("CONNECTING"), of("DISCONNECTING")], 0, undefined],
  ["others' only", [of("CONNECTED", "grace@example.com")], 0, undefined],
  [
    "one of the user's",
    [of("CONNECTED"), of("DISCONNECTED"), of("CONNECTED", "grace@example.com")],
    0,
    { value: 1, tooltip: "1 of your environments is connected" },
  ],
  [
    "two of the user's",
    [of("CONNECTED"), of("CONNECTED")],
    0,
    { value: 2, tooltip: "2 of your environments are connected" },
  ],
  [
    "outdated",
    [of("CONNECTED"), of("CONNECTED")],
    freshFor + 1,
    { value: 2, tooltip: "Last known: 2 of your environments are connected" },
  ],
  [
    "one outdated",
    [{ ...of("CONNECTED"), confirmed: false }],
    0,
    { value: 1, tooltip: "Last known: 1 of your environments is connected" },
  ],
])("%s", (_, views, elapsed, badge) => expect(badgeOf(views, user, observed + elapsed)).toEqual(badge));

it("counts environments that were used here if the user isn't known", () => {
  const unknown = { email: undefined, used: new Set(["trainer"]) };
  const views = [of("CONNECTED"), confirmed(environment({ environmentId: "eval" }))];
  expect(badgeOf(views, unknown, observed)?.value).toBe(1);
});
