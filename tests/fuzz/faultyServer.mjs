// @ts-check
/**
 * A server with a fault that the properties must find. Responds to every request, refuses batches, and shows its fault after 50 requests.
 */
import { StreamMessageReader } from "vscode-jsonrpc/node";

const [, , fault, key] = process.argv;
/** @type {Buffer[]} */
const leaked = [];
let requests = 0;

/** @param {object} message */
function write(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

new StreamMessageReader(process.stdin).listen((/** @type {any} */ message) => {
  if (Array.isArray(message)) return write({ id: null, error: { code: -32600, message: "no" } });
  const { id, method, result } = message;
  if (result !== undefined || (typeof id !== "string" && typeof id !== "number")) return;
  const isDue = ++requests > 50 && !["signIn", "no/such/method"].includes(method);
  if (isDue && fault === "crash")
    setImmediate(() => {
      throw new Error("as planned");
    });
  if (isDue && fault === "loop") for (;;);
  if (isDue && fault === "silence") return;
  if (isDue && fault === "key in base64") console.error(Buffer.from(`user:${key}`).toString("base64"));
  if (fault === "memory") leaked.push(Buffer.alloc(1024, requests));
  write({ id, result: isDue && fault === "key" ? { text: `a ${key}` } : {} });
  if (isDue && fault === "twice") write({ id, result: {} });
});
process.stdin.on("end", () => process.exit(1));
