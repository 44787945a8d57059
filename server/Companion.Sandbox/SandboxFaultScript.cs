namespace Companion.Sandbox;

/// <summary>The scripted faults, in order. The first one that matches a request is applied.</summary>
internal sealed class SandboxFaultScript
{
    private readonly List<Entry> _entries = [];

    /// <summary>Adds a fault.</summary>
    public void Add(SandboxMatch match, SandboxFault fault) => _entries.Add(new Entry(match, fault));

    /// <summary>Removes all faults.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>Returns the fault to apply to a request, or null.</summary>
    public SandboxFault? Take(SandboxTarget target)
    {
        SandboxFault? taken = null;
        foreach (var entry in _entries.Where(entry => entry.Matches(target)))
        {
            entry.Matched++;
            if (taken is null && entry.IsDue)
            {
                entry.Applied++;
                taken = entry.Fault;
            }
        }

        return taken;
    }

    private sealed class Entry(SandboxMatch match, SandboxFault fault)
    {
        public SandboxFault Fault => fault;

        public int Matched { get; set; }

        public int Applied { get; set; }

        public bool IsDue => Matched > match.Skip && (match.Times is null || Applied < match.Times);

        public bool Matches(SandboxTarget target) =>
            (match.Route is null || match.Route == target.Route)
            && (match.ResourceId is null || match.ResourceId == target.ResourceId);
    }
}
