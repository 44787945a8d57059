using System.Runtime.InteropServices;

namespace Companion.Gateway.Json;

/// <summary>An environment of a response, whose texts are left where they lie.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct EnvironmentRow
{
    public TextRange Name;
    public TextRange DisplayName;
    public TextRange State;
    public TextRange CreatedBy;
    public TextRange StatusMessage;
    public TextRange NodePoolId;
    public TextRange Role;
    public TextRange Zone;
    public GoogleRpcCode StatusCode;
    public int NumRanks;
    public bool UseLocalStorage;
    public bool Shared;
    public DateTimeOffset? UpdateTime;
}

/// <summary>Where a text lies in a response: plain UTF-8 without escapes. Empty where it is absent.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextRange(int Start, int Length)
{
    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> response) => response.Slice(Start, Length);
}
