// @ts-check
/** The goals for the figures. */

/**
 * @typedef {object} Goal
 * @property {string} title
 * @property {string} figure that it's about
 * @property {string} server that it's about
 * @property {string} unit
 * @property {{ server: string, most: number }[]} [against] the same figure of other servers, and the maximum ratio
 * @property {{ figure: string, most: number }} [growth] another figure of the same server, and the maximum ratio
 * @property {number} [most] the maximum, in the unit
 */

/** The extension with the package's server, in a real VS Code. */
export const inVSCode = "companion in VS Code";

/** An earlier package, which `--before-package` measures. */
export const beforeInVSCode = "before in VS Code";

/** The view of environments that don't change. */
export const unchangingInVSCode = "companion in VS Code, nothing changing";

const peer = "vscode-jsonrpc";
const flavors = ["native", "ready", "portable"];

/** The maximum ratio to the server without StreamJsonRpc, which `--before` measures. */
const before = (/** @type {string} */ flavor, /** @type {Record<string, number>} */ most) =>
  most[flavor] === undefined ? [] : [{ server: `before ${flavor}`, most: most[flavor] }];

/** @type {readonly Goal[]} */
export const goals = [
  ...flavors.map((flavor) => ({
    title: `spawn → \`initialize\` answered, \`${flavor}\``,
    figure: "start",
    server: `companion ${flavor}`,
    unit: "ms",
    against: [
      ...before(flavor, { native: 1.15, portable: 1.45 }),
      ...(flavor === "portable" ? [] : [{ server: peer, most: flavor === "native" ? 0.2 : 1 }]),
    ],
  })),
  ...flavors.flatMap((flavor) =>
    ["p50", "p99"].map((figure) => ({
      title: `round trip ${figure}, 5,000 in sequence, \`${flavor}\``,
      figure,
      server: `companion ${flavor}`,
      unit: "µs",
      against: [...before(flavor, figure === "p50" ? { native: 1.5 } : {}), { server: peer, most: 0.85 }],
    })),
  ),
  ...flavors.map((flavor) => ({
    title: `server CPU for a request, 100,000 pipelined, \`${flavor}\``,
    figure: "cpu",
    server: `companion ${flavor}`,
    unit: "µs",
    against: [
      ...before(flavor, { native: 2.5 }),
      { server: peer, most: flavor === "native" ? 0.3 : 0.5 },
      { server: `StreamJsonRpc ${flavor}`, most: 0.7 },
    ],
  })),
  ...flavors.map((flavor) => ({
    title: `idle memory after \`initialize\`, \`${flavor}\``,
    figure: "idle",
    server: `companion ${flavor}`,
    unit: "MiB",
    against: before(flavor, { native: 1.15 }),
    most: { native: 12.3, ready: 28, portable: 40 }[flavor] ?? 0,
  })),
  ...flavors.map((flavor) => ({
    title: `memory after a million requests, \`${flavor}\``,
    figure: "after 1M",
    server: `companion ${flavor}`,
    unit: "MiB",
    growth: { figure: "after 100k", most: 1.1 },
  })),
  ...flavors.map((flavor) => ({
    title: `server in the package, zipped, \`${flavor}\``,
    figure: "size",
    server: `companion ${flavor}`,
    unit: "MB",
    most: { native: 7.5, ready: 11, portable: 4 }[flavor] ?? 0,
  })),
  {
    title: "what Companion adds to one connect over a bare HTTP client doing the same calls, warm",
    figure: "connect, added",
    server: "companion portable",
    unit: "ms",
    most: 2,
  },
  ...[100, 1000, 10_000].map((count) => ({
    title: `\`listEnvironments\` of ${count.toLocaleString("en")}`,
    figure: `list ${count}`,
    server: "companion portable",
    unit: "ms",
    against: [{ server: "bare client", most: 1.3 }],
  })),
  {
    title: "1,000 connects at once to a gateway that takes 50 ms",
    figure: "1,000 connects",
    server: "companion portable",
    unit: "ms",
    against: [{ server: "bare client", most: 1.5 }],
  },
  {
    title: "extension activation in the real VS Code, as VS Code itself reports it",
    figure: "activation",
    server: inVSCode,
    unit: "ms",
    most: 5,
  },
  {
    title: "the same, where VS Code loads no other extension in between",
    figure: "activation, alone",
    server: inVSCode,
    unit: "ms",
    against: [{ server: beforeInVSCode, most: 0.5 }],
    most: 5,
  },
  {
    title: "command → first picker painted, server not yet running",
    figure: "first picker",
    server: inVSCode,
    unit: "ms",
    most: 250,
  },
  ...[
    {
      title: "command → rows of 300 environments, 50 ms for each response, server not yet running",
      figure: "environment rows",
      most: 0.8,
    },
    { title: "choice of an environment → rows of 300 node pools", figure: "node pool rows", most: 0.35 },
    { title: "reload: VS Code activates extensions → confirmed state shown", figure: "reload", most: 0.6 },
    { title: "filter typed → the one of 10,000 environments that matches", figure: "filter", most: 0.3 },
  ].map(({ title, figure, most }) => ({
    title,
    figure,
    server: inVSCode,
    unit: "ms",
    against: [{ server: beforeInVSCode, most }],
  })),
  {
    title: "view with 1,000 environments that change every 2 s: time of a frame, p95",
    figure: "view frame p95",
    server: inVSCode,
    unit: "ms",
    against: [{ server: unchangingInVSCode, most: 1.5 }],
  },
  {
    title: "the same: CPU of the extension host",
    figure: "view CPU",
    server: inVSCode,
    unit: "% of a core",
    most: 5,
  },
];
