import { expect, it } from "vitest";
import { remoteKind } from "./remoteKind.js";

it.each([
  [undefined, "none"],
  ["", "none"],
  ["ssh-remote", "ssh-remote"],
  ["ssh-remote+build.corp.example", "ssh-remote"],
  ["wsl", "wsl"],
  ["wsl+Ubuntu-Secret", "wsl"],
  ["dev-container", "dev-container"],
  ["codespaces", "codespaces"],
  ["gpu-17.corp.example:8443", "other"],
  ["127.0.0.1:8080", "other"],
  ["localhost", "other"],
  ["wsl.corp.example:80", "other"],
  ["someone-elses-remote+host", "other"],
])("remote name %j is reported as %s", (name, kind) => expect(remoteKind(name)).toBe(kind));
