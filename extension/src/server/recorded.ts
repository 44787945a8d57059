import { asRpcError } from "../errors/rpcError.js";
import type { EventRecord } from "../log/eventRecord.js";
import type { Client } from "./client.js";

/** Records the method, duration, and outcome of each request, but never its params or result. */
export function recorded(client: Client, record: EventRecord, now: () => number): Client {
  return {
    start: () => client.start(),
    stop: () => client.stop(),
    async request(method, params, options) {
      const began = now();
      const end = (how: string) =>
        record.add("message", `${method} ${how} after ${Math.round(now() - began)} ms`);
      record.add("message", `${method} sent`);
      try {
        const result = await client.request(method, params, options);
        end("answered");
        return result;
      } catch (error) {
        end(`failed with ${asRpcError(error)?.code ?? "no answer"}`);
        throw error;
      }
    },
  };
}
