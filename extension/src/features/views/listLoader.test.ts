import { expect, it } from "vitest";
import { account, confirmed, observed } from "../../../test/views.js";
import { initialView, type View } from "../../state/view.js";
import { type Listed, listFreshFor, needsList } from "./listLoader.js";

const signedIn = confirmed();
const listed: Listed = { accountId: "acme", at: observed };

it.each<[string, View, Listed | undefined, number, boolean]>([
  ["nothing is listed yet", initialView, undefined, 0, true],
  ["it's just listed", signedIn, listed, 0, false],
  ["the list is outdated", signedIn, listed, listFreshFor, true],
  ["the clock was set back", signedIn, listed, -listFreshFor, true],
  [
    "another account is in use",
    { ...signedIn, account: { ...account, accountId: "globex" } },
    listed,
    0,
    true,
  ],
  ["the account isn't known after a restart", { ...signedIn, account: undefined }, listed, 0, false],
  ["the user is signed out", { ...signedIn, account: null }, undefined, 0, false],
  ["the server has failed", { ...signedIn, server: "failed" }, undefined, 0, false],
  ["the server is restarting", { ...signedIn, server: "restarting" }, undefined, 0, false],
])("%s", (_, view, before, elapsed, needed) =>
  expect(needsList(view, before, observed + elapsed)).toBe(needed),
);
