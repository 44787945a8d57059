using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Companion.Gateway.Json;

/// <summary>What the text of a value plainly means; else the default, as if it were absent.</summary>
internal static class LenientValues
{
    /// <summary>JSON's numbers have no integers: 3, 3.0, 3e0 and, by proto's rules, "3" are one number.</summary>
    public static int Int32(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out int plain, out var length) && length == text.Length)
            return plain;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= int.MinValue and <= int.MaxValue && number == Math.Floor(number)
                ? (int)number
                : 0;
    }

    /// <summary>True, "true" and 1 are true.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Boolean(ReadOnlySpan<byte> text) => text is [(byte)'1'] || Ascii.EqualsIgnoreCase(text, "true"u8);

    /// <summary>A time; one without an offset is UTC.</summary>
    public static DateTimeOffset? Timestamp(ReadOnlySpan<byte> text) =>
        DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>A code by name or number; OK where there is none, UNKNOWN where it is none that is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GoogleRpcCode RpcCode(ReadOnlySpan<byte> text) =>
        text.IsEmpty || text.SequenceEqual("OK"u8) ? GoogleRpcCode.Ok
        : GoogleRpcCodes.TryParse(Encoding.UTF8.GetString(text), out var code) ? code
        : GoogleRpcCode.Unknown;
}
