import { describe, expect, it } from "vitest";
import { group } from "../../../test/usage.js";
import { csvOf } from "./csv.js";
import { ratesOf } from "./rates.js";

const header =
  "environment_id,name,node_pool_id,instance_type,ranks,created_by,from,until,end,connected_seconds,rank_seconds,not_watched_seconds,cost,currency";
const noRates = ratesOf({}, "USD");
const lines = (text: string) => text.slice(1).split("\r\n");

describe("csvOf", () => {
  it("has a byte order mark, a header, and a line for each connection", () => {
    const { day, ...connection } = group({
      displayName: "Night run",
      createdBy: "ada@example.com",
      from: "2026-11-28T09:00:00Z",
      until: "2026-11-28T12:00:00Z",
      end: "here",
      notWatchedSeconds: 60,
    });
    const csv = csvOf([connection], ratesOf({ "h100-8x": 2.55 }, "EUR"));
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(lines(csv)).toEqual([
      header,
      "trainer,Night run,h100-8x,p5.48xlarge,8,ada@example.com,2026-11-28T09:00:00Z,2026-11-28T12:00:00Z,here,10800,86400,60,61.2,EUR",
      "",
    ]);
  });

  it("leaves out what isn't known, and the cost without a rate", () => {
    const unknown = { connectedSeconds: 1, rankSeconds: 1, notWatchedSeconds: 0 };
    expect(lines(csvOf([unknown], noRates))[1]).toBe(",,,,,,,,,1,1,0,,");
  });

  it("is only a header without connections", () => expect(csvOf([], noRates)).toBe(`\uFEFF${header}\r\n`));

  it.each([
    ['say "hi", you', '"say ""hi"", you"'],
    ["two\r\nlines", '"two\r\nlines"'],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ["a=b", "a=b"],
    ["日本語", "日本語"],
  ])("writes the name %j as %j", (displayName, cell) =>
    expect(csvOf([group({ displayName })], noRates)).toContain(`\r\ntrainer,${cell},h100-8x,`),
  );
});
