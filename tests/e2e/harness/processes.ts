import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

/** A process of the operating system. */
export interface ProcessInfo {
  readonly pid: number;
  /** Its parent, or the process that adopted it. */
  readonly parentPid: number;
  /** Its process group. */
  readonly groupId: number;
  /**
   * The program and its arguments, separated by single spaces. Empty for a process that has ended and hasn't been
   * reaped.
   */
  readonly commandLine: string;
}

/** Interval for checking the list of processes, in milliseconds. */
const pollInterval = 50;

/** Returns all processes on this machine that this user can see. */
export async function listProcesses(): Promise<ProcessInfo[]> {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/**
 * Returns all descendants of a process and all members of its process group, which includes those whose parent has
 * died, without the process itself.
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
 * @returns those that are still running; a process ID that was reused doesn't count
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

/** Sends a signal to a process, or to a process group by its negative ID. Ignores processes that have ended. */
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
  // proc(5): pid (comm) state ppid pgrp …; comm can contain spaces and parentheses.
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
