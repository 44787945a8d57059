using System.Runtime.InteropServices;

namespace Companion.Gateway.Json;

/// <summary>An environment in a response. Its texts are ranges of the response.</summary>
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

/// <summary>The range of a text in a response: UTF-8 without escapes. Empty if the text is absent.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextRange(int Start, int Length)
{
    /// <summary>Returns the text.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> response) => response.Slice(Start, Length);
}
