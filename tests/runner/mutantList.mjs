// @ts-check
/**
 * Changes that break one decision each. `from` is in its file exactly once.
 * @type {readonly { readonly file: string, readonly from: string, readonly to: string }[]}
 */
export const mutants = [
  // Extension
  {
    file: "extension/src/server/restartPolicy.ts",
    from: "this.#runningSince = undefined;\n    return",
    to: "return",
  },
  {
    file: "extension/src/state/view.ts",
    from: 'confirmed: view.server === "running"',
    to: "confirmed: true",
  },
  { file: "extension/src/state/transitions.ts", from: ' && status.code !== "OK"', to: "" },
  {
    file: "extension/src/state/view.ts",
    from: "Date.parse(environment.observedAt) > Date.parse(",
    to: "Date.parse(environment.observedAt) >= Date.parse(",
  },
  {
    file: "extension/src/state/freshness.ts",
    from: "view.misses >= missesWhenOffline",
    to: "view.misses > missesWhenOffline",
  },
  { file: "extension/src/state/memory.ts", from: ".slice(0, maxConnections)", to: "" },
  { file: "extension/src/state/transitions.ts", from: '"CONNECTING", "RECONNECTING"', to: '"CONNECTING"' },
  {
    file: "extension/src/session/signInMark.ts",
    from: "stored.at <= (mark.signedOutAt",
    to: "stored.at < (mark.signedOutAt",
  },
  { file: "extension/src/util/claims.ts", from: 'flag: "wx"', to: 'flag: "w"' },
  { file: "extension/src/features/disconnect/losses.ts", from: "maxNames = 5", to: "maxNames = 6" },
  {
    file: "extension/src/features/connect/ranks.ts",
    from: "numRanks > ceilingRanks",
    to: "numRanks >= ceilingRanks",
  },
  { file: "extension/src/commands/commands.ts", from: "!isGone(view) && ", to: "" },
  {
    file: "extension/src/features/connect/planAndConnect.ts",
    from: " && plan.environment.updateTime === updateTime",
    to: "",
  },
  {
    file: "extension/src/features/connect/waitForRoom.ts",
    from: "this.#isWaiting && !isStopped && (",
    to: "this.#isWaiting && (",
  },
  { file: "extension/src/state/roomWaits.ts", from: "one.sandbox === sandbox && ", to: "" },
  {
    file: "extension/src/state/view.ts",
    from: "roomWait: view.roomWait && { ...view.roomWait, isStopped: true }",
    to: "roomWait: view.roomWait",
  },

  // Server
  {
    file: "server/Companion.Gateway/Credentials/CredentialSources.cs",
    from: "FileCredential(auth, Account(auth, []),",
    to: "FileCredential(auth, accountInFile,",
  },
  {
    file: "server/Companion.Gateway/Credentials/IniEdit.cs",
    from: "line.IsRead && line.IsFor(name) && line.Value",
    to: "line.IsFor(name) && line.Value",
  },
  {
    file: "server/Companion.Gateway/Credentials/IniEdit.cs",
    from: "found < 0 ? ^1 : found",
    to: "^1",
  },
  {
    file: "server/Companion.Gateway/Credentials/AuthFileStorage.cs",
    from: "(now is null) != (before is null) || ",
    to: "",
  },
  {
    file: "server/Companion.Gateway/Credentials/AuthFileStorage.cs",
    from: "at is null ? folders.TakeLast(1) : folders",
    to: "folders",
  },
  {
    file: "server/Companion.Gateway/Credentials/AuthFileStorage.cs",
    from: "foreach (var folder in Folders())\n            Check(",
    to: "foreach (var folder in Folders().SkipLast(1))\n            Check(",
  },
  {
    file: "server/Companion.Gateway/Api/RetryAfterHeader.cs",
    from: "milliseconds ? number / 1000 : number",
    to: "number",
  },
  { file: "server/Companion.Gateway/Api/ErrorResponse.cs", from: "!body.IsStatus && (", to: "(" },
  {
    file: "server/Companion.Server/Pacing/RetryRules.cs",
    from: "named > LeastNamed ? named : LeastNamed",
    to: "named",
  },
  {
    file: "server/Companion.Server/Pacing/RetryRules.cs",
    from: "(>= 400 and < 500 or 501)",
    to: "(>= 400 and <= 500 or 501)",
  },
  { file: "server/Companion.Server/Environments/StateSince.cs", from: "elapsed <= LongestGap && ", to: "" },
  {
    file: "server/Companion.Server/Accounts/AccountDiscovery.cs",
    from: "IsAnswer(fault) && !(mustExist && IsRefusal(fault))",
    to: "IsAnswer(fault)",
  },
  {
    file: "server/Companion.Server/Planning/ConnectDecision.cs",
    from: "facts.Connection.UseLocalStorage ?? false",
    to: "facts.Connection.UseLocalStorage",
  },
  { file: "server/Companion.Server/Accounts/AccountSession.cs", from: "_signedOut = true;", to: "" },
  {
    file: "server/Companion.Server/Environments/WatchBatcher.cs",
    from: "Count() <= pages",
    to: "Count() < pages",
  },
  {
    file: "server/Companion.Server/Environments/EnvironmentPoller.cs",
    from: "ask.IsUrgent ? RequestPriority.ChangeRead : RequestPriority.Poll",
    to: "RequestPriority.ChangeRead",
  },
  {
    file: "server/Companion.Server/Environments/EnvironmentPoller.cs",
    from: "delay * (1 + (PollDelays.Jitter",
    to: "delay * (1 - (PollDelays.Jitter",
  },
  {
    file: "server/Companion.Server/Pacing/ReadRetry.cs",
    from: "if (isRepeated)",
    to: "if (!isRepeated)",
  },
  {
    file: "server/Companion.Server/Pacing/RequestRateLimiter.cs",
    from: "request.By != _process",
    to: "request.By == _process",
  },
  {
    file: "server/Companion.Server/Logging/FlightRecorder.cs",
    from: " || _characters > MaxCharacters",
    to: "",
  },
  {
    file: "server/Companion.Server/Environments/ChangeProgress.cs",
    from: "_isOver || phrase == _lastMessage",
    to: "_isOver",
  },
  {
    file: "server/Companion.Server/Waiting/RoomWait.cs",
    from: "return _longest.Left < left ?",
    to: "return _longest.Left > left ?",
  },
  {
    file: "server/Companion.Server/Waiting/RoomWaits.cs",
    from: "is { IsConnecting: false } waiting",
    to: "is { } waiting",
  },
  { file: "server/Companion.Server/Waiting/RoomWaits.cs", from: "before?.End(WaitEnd.Replaced);", to: "" },
  {
    file: "server/Companion.Server/Waiting/RoomWaits.cs",
    from: "{ IsAccepted: true, Environment:",
    to: "{ Environment:",
  },
  {
    file: "server/Companion.Server/Waiting/RoomWaits.cs",
    from: "connect.Connection.IsOnPool(now.Connection) != false",
    to: "true",
  },
  { file: "server/Companion.Server/Waiting/RoomFeed.cs", from: "pool.Free -= one.Ranks;", to: "{ }" },
  { file: "server/Companion.Server/Waiting/RoomFeed.cs", from: ">= one.Pause", to: ">= TimeSpan.Zero" },
  {
    file: "server/Companion.Server/Bounds/BoundsFile.cs",
    from: "if (File.Exists(folder))",
    to: "if (folder.Length == 0)",
  },
  {
    file: "server/Companion.Server/Bounds/ClientBounds.cs",
    from: "!RetryRules.IsTemporary(fault) && ",
    to: "",
  },
  {
    file: "server/Companion.Server/Bounds/ClientBounds.cs",
    from: "actor == Actors.Agent ? (stated ?? new Limits()).ForAgent() : stated",
    to: "(stated ?? new Limits()).ForAgent()",
  },
  {
    file: "server/Companion.Server/Bounds/ConnectBounds.cs",
    from: "ThrowIf(RefuseRequest(limits, time.GetUtcNow()) ?? RefuseNodes(limits));",
    to: "",
  },
  {
    file: "server/Companion.Server/Bounds/ConnectBounds.cs",
    from: "others.Count >= most",
    to: "others.Count > most",
  },
  { file: "server/Companion.Server/Bounds/ConnectBounds.cs", from: ", except: _reserved", to: "" },
  {
    file: "server/Companion.Server/Bounds/ConnectBounds.cs",
    from: "if (mayHaveBegun)",
    to: "if (!mayHaveBegun)",
  },
  {
    file: "server/Companion.Server/Bounds/ConnectBounds.cs",
    from: "Ranks > (long)most * perNode ?",
    to: "Ranks >= (long)most * perNode ?",
  },
  {
    file: "server/Companion.Server/Bounds/ConnectBounds.cs",
    from: "asked > limits.Longest ?",
    to: "asked >= limits.Longest ?",
  },
  {
    file: "server/Companion.Server/Bounds/DisconnectBounds.cs",
    from: "client.Book.Read();",
    to: "_ = client;",
  },
  { file: "server/Companion.Server/Bounds/EndBounds.cs", from: "until > now.Lease?.Until && ", to: "" },
  {
    file: "server/Companion.Server/Bounds/EndBounds.cs",
    from: "{ RequireEnd: true } when _own is null => DateTimeOffset.MinValue,",
    to: "{ RequireEnd: true } when _own is null => null,",
  },
  {
    file: "server/Companion.Server/Bounds/ReservationBook.cs",
    from: " && (actor != Actors.Agent || one.Actor == actor)",
    to: "",
  },
  {
    file: "server/Companion.Server/Bounds/ReservationBook.cs",
    from: "stored.From <= one.From ? ",
    to: "true ? ",
  },
  {
    file: "server/Companion.Server/Bounds/ReservationBook.cs",
    from: "refusal is null ? [.. needed, added] : all",
    to: "[.. needed, added]",
  },
  {
    file: "server/Companion.Server/Bounds/ReservationRules.cs",
    from: "seen.ObservedAt - one.From > LatestStart",
    to: "true",
  },
  {
    file: "server/Companion.Server/Bounds/ReservationRules.cs",
    from: "seen.ObservedAt - one.ConfirmedAt >= LatestOldLook",
    to: "true",
  },
  {
    file: "server/Companion.Server/Bounds/ReservationRules.cs",
    from: "{ Until: { } end } => Later(end, now)",
    to: "{ Until: { } end } => end",
  },
  { file: "server/Companion.Server/Bounds/ReservationRules.cs", from: "* (decimal)one.Ranks", to: "* 1m" },
  { file: "server/Companion.Server/Bounds/ReservationRules.cs", from: "hours > most)", to: "hours >= most)" },
  {
    file: "server/Companion.Server/Bounds/ReservationRules.cs",
    from: "if (!isFree)\n                return one;\n",
    to: "",
  },
  {
    file: "server/Companion.Server/Environments/ChangeService.cs",
    from: "change.Bounds?.Reserve();",
    to: "",
  },
  {
    file: "server/Companion.Server/Environments/ChangeService.cs",
    from: "change.Bounds?.NotApplied(mayHaveBegun: false);",
    to: "",
  },
  { file: "server/Companion.Server/Leases/LeaseMachine.cs", from: "EndOf(e) > lease.Kept?.End || ", to: "" },
  {
    file: "server/Companion.Server/Leases/LeaseMachine.cs",
    from: "if (now < kept.End)",
    to: "if (now <= kept.End)",
  },
  {
    file: "server/Companion.Server/Leases/LeaseMachine.cs",
    from: "if (tries >= MostTries)",
    to: "if (tries > MostTries)",
  },
  {
    file: "server/Companion.Server/Leases/LeaseMachine.cs",
    from: "(kept.Noticed ?? int.MaxValue) && TimeSpan.FromMinutes(minutes) < kept.Until - kept.Since",
    to: "(kept.Noticed ?? int.MaxValue)",
  },
  {
    file: "server/Companion.Server/Leases/LeaseMachine.cs",
    from: "now.ObservedAt < kept.Since || ",
    to: "",
  },
  {
    file: "server/Companion.Server/Leases/LeaseMachine.cs",
    from: "kept.SystemUntil == kept.End ?",
    to: "kept.SystemUntil is not null ?",
  },
  {
    file: "server/Companion.Server/Leases/LeaseMachine.cs",
    from: " when lease.Kept!.Until == e.Until =>",
    to: " =>",
  },
  {
    file: "server/Companion.Server/Leases/SystemEnds.cs",
    from: "kept.SystemUntil == kept.Until && ",
    to: "",
  },
  {
    file: "server/Companion.Server/Leases/SystemEnds.cs",
    from: "held is not null && book.Read(environment)?.Kept?.SystemUntil is null",
    to: "held is not null",
  },
  {
    file: "server/Companion.Server/Usage/UsageMachine.cs",
    from: "before.IsLike(now) && (isWatched || ",
    to: "before.IsLike(now) && (true || ",
  },
  {
    file: "server/Companion.Server/Usage/UsageMachine.cs",
    from: "EndedBefore = isWatched ? null : look.At",
    to: "EndedBefore = null",
  },
  { file: "server/Companion.Server/Usage/UsageMachine.cs", from: "gap < -LongestDelay", to: "false" },
  {
    file: "server/Companion.Server/Usage/UsageStore.cs",
    from: "now.From < document.ClearedAt ? now with { From = document.ClearedAt.Value } : now",
    to: "now",
  },
  { file: "server/Companion.Server/Usage/UsageReport.cs", from: "* (row.NumRanks ?? 1)", to: "* 1" },
  {
    file: "server/Companion.Server/Usage/UsageReport.cs",
    from: "end < until ? end : until",
    to: "until",
  },
];
