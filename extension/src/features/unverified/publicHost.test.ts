import { expect, it } from "vitest";
import { isPublic } from "./publicHost.js";

it.each([
  ["https://api.fireworks.ai", true],
  ["https://192.0.2.7", true],
  ["https://172.32.0.1", true],
  ["https://[2001:db8::1]", true],
  ["not a url", true],
  ["https://gateway", false],
  ["https://gateway.corp", false],
  ["https://localhost:8443", false],
  ["https://10.1.2.3", false],
  ["https://172.16.0.1", false],
  ["https://[::1]", false],
  ["https://[fd00::2]:8443", false],
])("%s: %s", (url, expected) => expect(isPublic(url)).toBe(expected));
