using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Companion.Gateway.Json;

/// <summary>Parses values by their obvious meaning. If there's none, returns the default, as if the value were absent.</summary>
internal static class LenientValues
{
    /// <summary>JSON has no integers: 3, 3.0, 3e0, and, by proto's rules, "3" are the same number.</summary>
    public static int Int32(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out int plain, out var length) && length == text.Length)
            return plain;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= int.MinValue and <= int.MaxValue && number == Math.Floor(number)
                ? (int)number
                : 0;
    }

    /// <summary>True, "true", and 1 are true.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Boolean(ReadOnlySpan<byte> text) => text is [(byte)'1'] || Ascii.EqualsIgnoreCase(text, "true"u8);

    /// <summary>Parses a time. Without an offset, it's UTC.</summary>
    public static DateTimeOffset? Timestamp(ReadOnlySpan<byte> text) =>
        DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Parses a code's name or number. OK if it's absent, and UNKNOWN if it isn't known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GoogleRpcCode RpcCode(ReadOnlySpan<byte> text) =>
        text.IsEmpty || text.SequenceEqual("OK"u8) ? GoogleRpcCode.Ok
        : GoogleRpcCodes.TryParse(Encoding.UTF8.GetString(text), out var code) ? code
        : GoogleRpcCode.Unknown;
}
