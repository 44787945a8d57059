/** Lets what is loaded by require(), the language client, find the same stand-in for VS Code as the sources do. */
import Module from "node:module";
import * as vscode from "./vscode.js";

type Load = (request: string, ...rest: unknown[]) => unknown;

const loader = Module as unknown as { _load: Load };
const load = loader._load;

/** What is there, and for every other name what `other` makes of it. */
function complete<T extends object>(known: T, other: (name: string) => unknown): T {
  return new Proxy(known, {
    get: (target, name) => (name in target ? target[name as keyof T] : other(String(name))),
  });
}

/** The language client listens to documents and notebooks, which nothing here opens, and knows a class for everything. */
const never = () => new vscode.Disposable(() => undefined);
const forLanguageClient = complete(
  { ...vscode, workspace: complete(vscode.workspace, (name) => (name.startsWith("on") ? never : [])) },
  () => class {},
);

loader._load = (request, ...rest) =>
  request === "vscode" ? forLanguageClient : load.call(Module, request, ...rest);
