/**
 * Makes modules that are loaded with require(), such as the language client, use the same VS Code stub as the
 * sources.
 */
import Module from "node:module";
import * as vscode from "./vscode.js";

type Load = (request: string, ...rest: unknown[]) => unknown;

const loader = Module as unknown as { _load: Load };
const load = loader._load;

/** Returns an object with the known members, and `other` for all other names. */
function complete<T extends object>(known: T, other: (name: string) => unknown): T {
  return new Proxy(known, {
    get: (target, name) => (name in target ? target[name as keyof T] : other(String(name))),
  });
}

/**
 * The language client listens to documents and notebooks, which these tests never open, and expects many classes.
 */
const never = () => new vscode.Disposable(() => undefined);
const forLanguageClient = complete(
  { ...vscode, workspace: complete(vscode.workspace, (name) => (name.startsWith("on") ? never : [])) },
  () => class {},
);

loader._load = (request, ...rest) =>
  request === "vscode" ? forLanguageClient : load.call(Module, request, ...rest);
