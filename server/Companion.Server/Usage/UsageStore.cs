using System.Globalization;
using System.Text;
using System.Text.Json;
using Companion.Server.Changes;
using Companion.Server.Storage;

namespace Companion.Server.Usage;

/// <summary>
/// The history of connections to one gateway, shared by the processes on this machine: a value with those that are open, and one for each month
/// with those that ended in it.
/// </summary>
internal sealed class UsageStore(IDurableStore store, string gateway)
{
    private const int MostBytes = 1_000_000; // a file of more than 1 MiB isn't read

    private readonly string _open = StoreNames.Usage(gateway, "open");

    /// <summary>False if there's no folder to store anything in.</summary>
    public bool IsKept => store is not NoStore;

    /// <summary>The connections that haven't ended as far as it's known.</summary>
    public IReadOnlyList<UsageRow> ReadOpen() => Parse(store.Read(_open)).Open;

    /// <summary>
    /// The connections that ended in the months from one time to another, and those whose month isn't stored yet. Reads one month at a time.
    /// </summary>
    public IEnumerable<UsageRow> ReadEnded(DateTimeOffset since, DateTimeOffset until)
    {
        var notArchived = Parse(store.Read(_open)).Ended.Where(row => row.Until >= since).ToDictionary(static row => row.Id, StringComparer.Ordinal);
        foreach (var name in Months(since, until))
        {
            foreach (var row in Parse(store.Read(name)).Ended)
            {
                notArchived.Remove(row.Id);
                yield return row;
            }
        }

        foreach (var row in notArchived.Values)
            yield return row;
    }

    /// <summary>Applies observations, in their order.</summary>
    /// <param name="openNow">The environments with an open connection after that, or null if nothing was stored.</param>
    /// <returns>Null if they were stored or change nothing, otherwise the reason why not.</returns>
    public string? Apply(IReadOnlyList<UsageLook> looks, out HashSet<EnvironmentKey>? openNow)
    {
        openNow = null;
        if (!Matters(looks))
            return null;
        HashSet<EnvironmentKey> keys = [];
        IReadOnlyList<UsageRow> ended = [];
        var reason = Change(_open, document =>
        {
            var open = document.Open.ToDictionary(static row => row.Key);
            var closed = new List<UsageRow>(document.Ended);
            foreach (var look in looks)
            {
                var (now, end) = UsageMachine.Next(open.GetValueOrDefault(look.Key), look);
                if (now is not null)
                    open[look.Key] = now.From < document.ClearedAt ? now with { From = document.ClearedAt.Value } : now;
                else
                    open.Remove(look.Key);
                if (end is not null)
                    closed.Add(end);
            }

            keys = [.. open.Keys];
            ended = closed;
            return document with { Open = [.. open.Values], Ended = closed };
        });
        if (reason is not null)
            return reason;
        openNow = keys;
        return Archive(ended);
    }

    /// <summary>Deletes the history.</summary>
    /// <param name="since">A time in its first month.</param>
    /// <returns>Null if it was deleted, otherwise the reason why not.</returns>
    public string? Clear(DateTimeOffset since, DateTimeOffset now)
    {
        var reason = Change(_open, _ => UsageDocument.Empty with { ClearedAt = now });
        foreach (var name in Months(since, now))
        {
            if (store.Read(name) is not null)
                reason = store.Change(name, static _ => null) ?? reason;
        }

        return reason;
    }

    // Most environments that are watched aren't connected, which changes nothing.
    private bool Matters(IReadOnlyList<UsageLook> looks) =>
        looks.Any(static look => look.Environment?.State == Protocol.EnvironmentStates.Connected)
        || ReadOpen().Any(row => looks.Any(look => look.Key == row.Key));

    // Each row is in the month in which it ended. Until it's there, it's also kept beside the open ones.
    private string? Archive(IReadOnlyList<UsageRow> ended)
    {
        if (ended.Count == 0)
            return null;
        foreach (var month in ended.GroupBy(row => NameOf(row.Until), StringComparer.Ordinal))
        {
            var reason = Change(month.Key, document => document with
            {
                Ended = Distinct([.. document.Ended, .. month], static row => row.Id),
            });
            if (reason is not null)
                return reason;
        }

        var archived = ended.Select(static row => row.Id).ToHashSet(StringComparer.Ordinal);
        return Change(_open, document => document with { Ended = [.. document.Ended.Where(row => !archived.Contains(row.Id))] });
    }

    private string? Change(string name, Func<UsageDocument, UsageDocument> change)
    {
        string? refused = null;
        var failed = store.Change(name, text =>
        {
            if (text is not null && StorageJson.IsLater(text, UsageDocument.CurrentVersion))
            {
                refused = "A newer version of Companion left a history that this version can't read.";
                return text;
            }

            var document = change(Parse(text));
            if (document is { Open.Count: 0, Ended.Count: 0, ClearedAt: null })
                return null;
            var written = JsonSerializer.Serialize(document, UsageJson.Default.UsageDocument);
            if (Encoding.UTF8.GetByteCount(written) <= MostBytes)
                return written;
            refused = "The history of this month is full.";
            return text;
        });
        return failed ?? refused;
    }

    private static UsageDocument Parse(string? text) =>
        text is not null && StorageJson.Parse(text, UsageJson.Default.UsageDocument) is { Version: UsageDocument.CurrentVersion } document
            ? document with { Open = Distinct(document.Open, static row => row.Key.ToString()), Ended = Distinct(document.Ended, static row => row.Id) }
            : UsageDocument.Empty;

    // The first of each. The serializer doesn't check that the items of a list aren't null.
    private static List<UsageRow> Distinct(IReadOnlyList<UsageRow?> rows, Func<UsageRow, string> id)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var distinct = new List<UsageRow>();
        foreach (var row in rows)
        {
            if (row is not null && seen.Add(id(row)))
                distinct.Add(row);
        }

        return distinct;
    }

    private string NameOf(DateTimeOffset time) =>
        StoreNames.Usage(gateway, time.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture));

    private IEnumerable<string> Months(DateTimeOffset since, DateTimeOffset until)
    {
        var last = NameOf(until);
        for (var month = since; ; month = month.AddMonths(1))
        {
            var name = NameOf(month);
            yield return name;
            if (name == last || month > until)
                yield break;
        }
    }
}
