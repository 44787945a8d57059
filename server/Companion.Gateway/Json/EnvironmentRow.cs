using System.Runtime.InteropServices;

namespace Companion.Gateway.Json;

/// <summary>An environment of an answer, whose texts are left where they lie.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct EnvironmentRow
{
    public TextPlace Name;
    public TextPlace DisplayName;
    public TextPlace State;
    public TextPlace CreatedBy;
    public TextPlace StatusMessage;
    public TextPlace NodePoolId;
    public TextPlace Role;
    public TextPlace Zone;
    public GoogleRpcCode StatusCode;
    public int NumRanks;
    public bool UseLocalStorage;
    public bool Shared;
    public DateTimeOffset? UpdateTime;
}

/// <summary>Where a text lies in an answer: plain UTF-8 without escapes. Empty where it is absent.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextPlace(int Start, int Length)
{
    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> answer) => answer.Slice(Start, Length);
}
