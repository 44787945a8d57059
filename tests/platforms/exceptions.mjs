// @ts-check
const ownHome = "its users have a home folder of their own, and Wine sets %USERPROFILE% itself";

/**
 * The black-box tests that can't hold on a platform as it's run here: a part of their full name, and the reason. Each entry must match a
 * test.
 * @type {Readonly<Record<string, readonly (readonly [name: string, reason: string])[]>>}
 */
export const exceptions = {
  "win-x64": [
    ["the number of files that it may have open", "Windows has no such limit"],
    ["no file descriptor left after a while", "Windows has no such limit"],
    ["leaves no core dump", "Windows writes no core dumps"],
    ["while initialize hangs on the disk", "a lease is known only to Linux"],
    ["even if another process holds the pipe", "its client is a Linux process, which Wine's can't see"],
    ["the page for other clients", "its client is a Linux process, which Wine's can't see"],
    ["when only its stdout is closed", "Windows shows a closed output only to a write"],
    ["though the client stays a zombie", "Windows has no zombies"],
    ["with a link in it can", "Wine shows a symbolic link as what it points to"],
    ["with no file locks can", "Windows always locks files"],
    ["with a full disk after a while", "Wine doesn't report the limit that stands in for it"],
    ["with a lock file of another user after a while", "Wine's server opens files as another process"],
    ["takes a key from auth.ini", "Wine sets %USERPROFILE% itself"],
    ["the command line", ownHome],
    ["an agent", ownHome],
    ["two servers that attack at once", ownHome],
    ["a file that can't be used by", ownHome],
    ["the file in the documentation", ownHome],
    ["companion mcp", ownHome],
    ["login and logout", ownHome],
    ["the page about the command line", ownHome],
    ["an end that the operating system keeps", "its stand-in for systemctl is a program for Linux"],
    ["without it: all_proxy", "Windows finds a variable by any spelling, and the message names ALL_PROXY"],
    ["can be initialized after an invalid initialize", "Wine 8 can lose a thread after an exception on it"],
    ["sixteen of the largest lists at once", "Linux counts Wine's memory too: 107 MB of 100"],
    ["sixty of the largest at once", "it takes longer than 2 minutes under Wine"],
    ["reaches an IPv6 address", "Wine 8 doesn't compare a certificate with an IPv6 address"],
    ["names an issuer that is not trusted", "Wine 8 doesn't report that an issuer is missing"],
    ["can be intercepted only by", "Wine 8 builds no chain to an authority that isn't the system's"],
  ],
  "linux-arm64": [],
};
