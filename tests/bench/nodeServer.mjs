// @ts-check
/** A peer: npm's vscode-jsonrpc on Node.js, with the same two methods and results. */
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
connection.onRequest("initialize", (/** @type {any} */ params) => ({
  capabilities: {},
  serverInfo: { name: "vscode-jsonrpc", version: "0.1.0" },
  protocolVersion: 1,
  gateway: { url: params.initializationOptions.gatewayUrl, sandbox: true },
  unsettled: [],
}));
connection.onRequest("getAccount", () => ({
  accountId: "acme-research",
  displayName: "Acme Research",
  email: "ada@acme.example",
  keySource: "sandbox",
}));
process.stdin.on("end", () => process.exit(0));
connection.listen();
