import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

/** A process as the operating system lists it. */
export interface ProcessInfo {
  readonly pid: number;
  /** The process that started it, or whoever adopted it since. */
  readonly parentPid: number;
  /** The process group it was born into, or moved to. */
  readonly groupId: number;
  /** The program and its arguments, separated by single spaces. Empty for a process that has ended and is not yet reaped. */
  readonly commandLine: string;
}

/** Milliseconds between two looks at the list of processes. */
const pollInterval = 50;

/** All processes of this machine that this user may see. */
export async function listProcesses(): Promise<ProcessInfo[]> {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/**
 * The processes that a process started, and those that these started, and so on; with them all members of its process
 * group, so that one whose parent has died is still found. The process itself is not among them.
 */
export function descendantsOf(pid: number, processes: readonly ProcessInfo[]): ProcessInfo[] {
  const family = new Set([pid]);
  let size: number;
  do {
    size = family.size;
    for (const one of processes) if (family.has(one.parentPid) || one.groupId === pid) family.add(one.pid);
  } while (family.size > size);
  return processes.filter((one) => one.pid !== pid && family.has(one.pid));
}

/**
 * Waits for processes to end.
 * @param timeout milliseconds
 * @returns those that still run then. A process id that was given to another program meanwhile does not count.
 */
export async function outlived(processes: readonly ProcessInfo[], timeout: number): Promise<ProcessInfo[]> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const alive = new Map((await listProcesses()).map((one) => [one.pid, one.commandLine]));
    const left = processes.filter((one) => alive.get(one.pid) === one.commandLine);
    if (left.length === 0 || performance.now() > deadline) return left;
    await delay(pollInterval);
  }
}

/** Sends a signal to a process, or to a process group by its negated id. One that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function fromProc(): Promise<ProcessInfo[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map((pid) => readProc(pid).catch(() => undefined)));
  return found.filter((one) => one !== undefined);
}

async function readProc(pid: number): Promise<ProcessInfo | undefined> {
  const [stat, commandLine] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8"),
    readFile(`/proc/${pid}/cmdline`, "utf8"),
  ]);
  // proc(5): pid (comm) state ppid pgrp …; comm may itself hold spaces and brackets.
  const [state, parentPid, groupId] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (state === "Z" || state === "X") return undefined;
  const words = commandLine.split("\0").filter((word) => word !== "");
  return { pid, parentPid: Number(parentPid), groupId: Number(groupId), commandLine: words.join(" ") };
}

async function fromPs(): Promise<ProcessInfo[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,ppid=,pgid=,stat=,args="], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parentPid, groupId, state, commandLine] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (commandLine === undefined || state?.startsWith("Z")) return [];
    return [{ pid: Number(pid), parentPid: Number(parentPid), groupId: Number(groupId), commandLine }];
  });
}
