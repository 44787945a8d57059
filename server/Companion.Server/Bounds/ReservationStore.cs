using System.Text.Json;
using Companion.Server.Storage;

namespace Companion.Server.Bounds;

/// <summary>The reservations of all processes on this machine, for all gateways.</summary>
/// <param name="store">Null to keep them in this process: a sandbox ends with it.</param>
internal sealed class ReservationStore(IDurableStore? store)
{
    private const int MostCharacters = 512 * 1024; // a file of more than 1 MiB isn't read
    private const string Damaged = "The file with the reservations is damaged.";
    private const string Newer = "A newer version of Companion left reservations that this version can't read.";

    private readonly Lock _lock = new();
    private string? _own;

    /// <summary>The stored reservations. None if they can't be read.</summary>
    public IReadOnlyList<Reservation> Read() => Parse(store is null ? Volatile.Read(ref _own) : store.Read(StoreNames.Reservations), out _);

    /// <summary>Reads, changes, and writes the reservations atomically.</summary>
    /// <param name="change">Takes the stored reservations, and returns the new ones. Called at most once.</param>
    /// <param name="all">The reservations after the change. None if it failed.</param>
    /// <returns>Null if they were stored, otherwise the reason why not.</returns>
    public string? Change(Func<IReadOnlyList<Reservation>, IReadOnlyList<Reservation>> change, out IReadOnlyList<Reservation> all)
    {
        IReadOnlyList<Reservation> after = [];
        string? refused = null;
        var failed = store is null ? ChangeOwn(Next) : store.Change(StoreNames.Reservations, Next);
        all = failed is null && refused is null ? after : [];
        return failed ?? refused;

        string? Next(string? text)
        {
            var before = Parse(text, out refused);
            if (refused is not null)
                return text;
            after = change(before);
            if (ReferenceEquals(after, before))
                return text;
            var written = after.Count == 0 ? null
                : JsonSerializer.Serialize(new ReservationDocument(ReservationDocument.CurrentVersion, after), ReservationJson.Default.ReservationDocument);
            if (written?.Length > MostCharacters)
                refused = "There are too many reservations.";
            return refused is null ? written : text;
        }
    }

    private string? ChangeOwn(Func<string?, string?> change)
    {
        lock (_lock)
            _own = change(_own);
        return null;
    }

    private static IReadOnlyList<Reservation> Parse(string? text, out string? fault)
    {
        fault = null;
        if (text is null)
            return [];
        if (StorageJson.IsLater(text, ReservationDocument.CurrentVersion))
            fault = Newer;
        else if (StorageJson.Parse(text, ReservationJson.Default.ReservationDocument) is { Version: ReservationDocument.CurrentVersion } document
            && document.Reservations.All(static reservation => reservation is not null)) // the serializer doesn't check the items of a list
            return document.Reservations;
        else
            fault = Damaged;
        return [];
    }
}
