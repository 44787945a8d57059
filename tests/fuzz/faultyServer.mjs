// @ts-check
/**
 * A server with a defect of one's choice, by which the fuzzer is tried: what it does not find here it would not find elsewhere. It
 * answers every request, refuses batches, and shows its defect once it has been asked often enough.
 */
import { FrameReader, frame } from "./target/frames.mjs";
import { key } from "./target/keySearch.mjs";

const defect = process.argv[2];
const reader = new FrameReader();
/** @type {Buffer[]} */
const leaked = [];
let asked = 0;

/** @param {unknown} message */
const write = (message) => void process.stdout.write(frame(JSON.stringify(message)));

/** @param {import("./target/frames.mjs").Incoming} message */
function answer(message) {
  if (Array.isArray(message))
    return write({ jsonrpc: "2.0", id: null, error: { code: -32600, message: "no" } });
  const { id, method, result } = message;
  if (result !== undefined || (typeof id !== "string" && typeof id !== "number")) return;
  const isDue = ++asked > 50 && method !== "no/such/method";
  if (isDue && defect === "crash") throw new Error("as planned");
  if (isDue && defect === "loop") for (;;);
  if (isDue && defect === "silence") return;
  if (isDue && defect === "key in base64") console.error(Buffer.from(`user:${key}`).toString("base64"));
  if (defect === "memory") leaked.push(Buffer.alloc(1024, asked));
  const reply = { jsonrpc: "2.0", id, result: isDue && defect === "key" ? { text: `a ${key}` } : {} };
  write(reply);
  if (isDue && defect === "twice") write(reply);
}

process.stdin.on("data", (data) => {
  let messages;
  try {
    messages = reader.push(data);
  } catch {
    return write({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "no" } });
  }
  for (const message of messages) answer(message);
});
process.stdin.on("end", () => process.exit(1));
