import { describe, expect, it } from "vitest";
import { cpuGroup, group } from "../../../test/usage.js";
import type { UsageGroup } from "../../protocol.g.js";
import { figuresIn } from "./figures.js";
import { partsOf, type Shown } from "./parts.js";
import type { Division } from "./pivot.js";
import { ratesOf } from "./rates.js";

const at = new Date(2026, 10, 29, 12);
const figures = figuresIn("en", "USD");

function shown(groups: UsageGroup[], more: Partial<Shown & { notRecorded: string }> = {}): Shown {
  const { notRecorded, ...others } = more;
  const usage = {
    accountId: "acme",
    since: "2026-11-23T00:00:00Z",
    until: "2026-11-29T12:00:00Z",
    groups,
    ...(notRecorded && { notRecorded }),
  };
  return { usage, sandbox: false, range: 7, at, ...others };
}

const parts = (of: Shown, rates: unknown = {}, division: Division = "environment") =>
  partsOf(of, division, ratesOf(rates, "USD"), figures);

/** The cells of the table, without tags. */
function cells(details: string): string[][] {
  const rows = [...details.matchAll(/<tr>(.*?)<\/tr>/g)];
  return rows.map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, text = ""]) => text),
  );
}

describe("the parts of the page", () => {
  const groups = [group({ day: "2026-11-27", notWatchedSeconds: 1_800 }), group(), cpuGroup()];

  it("have a table with all values", () => {
    const { details } = parts(shown(groups), { "h100-8x": 2.5 });
    expect(cells(details)).toEqual([
      ["Day", "Environment", "Connected", "GPU-Hours", "Rank-Hours", "Not Watched", "Cost"],
      ["Nov 28, 2026", "trainer", "3 h", "24", "0", "", "$60.00"],
      ["Nov 28, 2026", "prep", "2 h", "0", "2", "", ""],
      ["Nov 27, 2026", "trainer", "3 h", "24", "0", "30 m", "$60.00"],
      ["Total", "8 h", "48", "2", "30 m", "$120.00"],
    ]);
    expect(details).toContain('<th scope="row">Nov 28, 2026</th>');
  });

  it("leave out columns that would be empty", () => {
    const [header] = cells(parts(shown([group()]), {}, "nodePool").details);
    expect(header).toEqual(["Day", "Node Pool", "Connected", "GPU-Hours", "Not Watched"]);
  });

  it("have a chart with a label, and a bar for each value", () => {
    const { details } = parts(shown(groups));
    expect(details).toContain(
      'role="img" aria-label="Hours per day from Nov 23, 2026 to Nov 29, 2026. The most on a day: 24 GPU-hours and 2 rank-hours on Nov 28, 2026. The table has all values."',
    );
    const bars = [
      ...details.matchAll(/<rect class="c(\d)" x="(\d+)" y="([\d.]+)" [^>]*height="([\d.]+)"><title>(.*?)</g),
    ];
    expect(bars.map(([, ...bar]) => bar)).toEqual([
      ["0", "41", "7.69", "92.31", "Nov 27, 2026 · trainer · 24 GPU-hours"],
      ["0", "51", "7.69", "92.31", "Nov 28, 2026 · trainer · 24 GPU-hours"],
      ["1", "51", "0", "7.69", "Nov 28, 2026 · prep · 2 rank-hours"],
    ]);
  });

  it("put what has no color of its own together", () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      group({ environmentId: `e${index}`, rankSeconds: (9 - index) * 3_600 }),
    );
    const { details } = parts(shown(many));
    const legend = [...details.matchAll(/<li>.*?class="c(\d)".*?<\/svg>(.*?)<\/li>/g)];
    expect(legend).toHaveLength(7);
    expect(legend.at(-1)?.slice(1)).toEqual(["6", 'Others <span class="note">6 GPU-hours</span>']);
    expect(details.match(/<rect class="c6" x/g)).toHaveLength(3);
  });

  it("have a bar for each day of a year", () => {
    const { details } = parts(shown([group({ day: "2025-11-30" }), group()], { range: 365 }));
    expect(details).toContain('viewBox="0 0 3650 100"');
    expect(details).toContain('class="dense"');
  });

  it("escape everything that comes from elsewhere", () => {
    const evil = `<img src=x onerror="alert(1)">'&`;
    const usage = shown(
      [
        group({ environmentId: evil, displayName: evil, nodePoolId: evil }),
        group({ environmentId: `${evil}2`, displayName: evil }),
      ],
      { notRecorded: evil },
    );
    const text = (["environment", "nodePool"] as const)
      .flatMap((division) =>
        Object.values(
          parts({ ...usage, usage: { ...usage.usage, accountId: evil } }, { [evil]: "x" }, division),
        ),
      )
      .join();
    expect(text).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;");
    expect(text).not.toContain("<img");
    expect(text).not.toMatch(/onerror="/);
  });

  it("warn first if nothing is recorded", () => {
    const { summary } = parts(shown(groups, { notRecorded: "No storage folder is set." }));
    expect(summary).toMatch(
      /^<p class="warning">The history can&#39;t be stored\. No storage folder is set\.<\/p>/,
    );
  });

  it("name rates that can't be used", () =>
    expect(parts(shown(groups), { "h100-8x": "2" }).summary).toContain(
      "companion.rates: h100-8x isn&#39;t a number, or is less than 0.",
    ));

  it("say which account it is, and that the sandbox isn't real", () => {
    expect(parts(shown(groups)).heading).toBe("Companion Usage");
    expect(parts(shown(groups)).summary).toContain("Account: acme");
    const sandbox = parts(shown(groups, { sandbox: true }));
    expect(sandbox.heading).toBe("Companion Usage (Sandbox)");
    expect(sandbox.details).toContain("Nothing in the sandbox is real");
  });

  it("have neither chart nor table without connections", () => {
    const { summary, details } = parts(shown([]));
    expect(summary).toContain("No connections in the last 7 days.");
    expect(details.trim()).toMatch(/^<p class="note">[^<]*<\/p>$/);
  });

  it("have only a table if nothing was seen to be connected", () => {
    const { details } = parts(shown([group({ connectedSeconds: 0, rankSeconds: 0, notWatchedSeconds: 60 })]));
    expect(details).not.toContain("<figure");
    expect(cells(details)).toHaveLength(3);
  });
});
