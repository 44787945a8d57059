using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Companion.Gateway.Json;

/// <summary>
/// Reads environments in a single pass, which also enforces the response's limits. As lenient as <see cref="LenientConverter{T}"/>. If a member
/// is repeated, the last one counts.
/// </summary>
/// <remarks>
/// What runs for each environment is fully optimized from the start, because a list is read before tiered compilation would optimize it.
/// </remarks>
internal ref struct EnvironmentParser
{
    // RFC 3339 in UTC: "2026-11-22T08:00:00Z", with up to seven digits for fractions of a second. The reader parses this directly.
    private const int MinTime = 20;
    private const int MaxTime = 28;

    private const int UsualPageBytes = 512 * 1024;

    private readonly Span<byte> _response;
    private readonly bool _isUtf8;
    private Utf8JsonReader _reader;

    private EnvironmentParser(Span<byte> response)
    {
        _response = response;
        _isUtf8 = Utf8.IsValid(response);
        _reader = new Utf8JsonReader(response, new JsonReaderOptions { MaxDepth = ResponseLimits.MaxDepth });
    }

    /// <summary>The number of values, names, and brackets that were read.</summary>
    public int Tokens { get; private set; }

    /// <summary>Reads a response that is a single environment.</summary>
    /// <param name="response">The response. Escaped text in it is unescaped in place.</param>
    /// <exception cref="JsonException">The response isn't such JSON.</exception>
    /// <exception cref="TooManyTokensException">The response has too many values.</exception>
    public static EnvironmentRow ReadOne(Span<byte> response)
    {
        var parser = new EnvironmentParser(response);
        parser.Next();
        parser.Require(JsonTokenType.StartObject);
        var row = parser.Environment();
        parser.Next(); // throws if there's more
        return row;
    }

    /// <summary>Reads a response that is a page of a list.</summary>
    /// <param name="response">The response. Escaped text in it is unescaped in place.</param>
    /// <param name="rows">Receives the environments.</param>
    /// <param name="nextPageToken">Null on the last page.</param>
    /// <returns>The number of values, names, and brackets.</returns>
    /// <exception cref="JsonException">The response isn't such JSON.</exception>
    /// <exception cref="TooManyTokensException">The response has too many values.</exception>
    public static int ReadPage(Span<byte> response, List<EnvironmentRow> rows, out string? nextPageToken)
    {
        // Checks a response that's far larger than 200 environments before keeping any of it.
        if (response.Length > UsualPageBytes)
            ResponseLimits.Check(response);
        var parser = new EnvironmentParser(response);
        nextPageToken = null;
        rows.Clear(); // from the previous page; a page without environments may omit the member
        bool? isPage = null;
        parser.Next();
        parser.Require(JsonTokenType.StartObject);
        while (parser.NextMember())
        {
            var name = parser.Name();
            var isTotal = name.SequenceEqual("totalSize"u8);
            var isItems = name.SequenceEqual("environments"u8);
            var isToken = name.SequenceEqual("nextPageToken"u8);
            isPage = isPage is true || isTotal || isItems || isToken;
            if (isItems)
                parser.Environments(rows);
            else if (isToken)
                nextPageToken = parser.PageToken();
            else
                parser.SkipValue();
        }

        parser.Next(); // throws if there's more
        if (isPage is false)
            throw new JsonException(); // like ResponseLimits
        return parser.Tokens;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Environments(List<EnvironmentRow> rows)
    {
        rows.Clear();
        Next();
        if (_reader.TokenType == JsonTokenType.Null)
            return;
        Require(JsonTokenType.StartArray);
        while (Next() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.Null)
                continue;
            Require(JsonTokenType.StartObject);
            rows.Add(Environment());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private EnvironmentRow Environment()
    {
        var row = default(EnvironmentRow);
        while (NextMember())
        {
            var name = Name();
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("name"u8):
                    row.Name = Text();
                    break;
                case 5 when name.SequenceEqual("state"u8):
                    row.State = Text();
                    break;
                case 6 when name.SequenceEqual("status"u8):
                    Status(ref row);
                    break;
                case 6 when name.SequenceEqual("shared"u8):
                    row.Shared = LenientValues.Boolean(Text().In(_response));
                    break;
                case 9 when name.SequenceEqual("createdBy"u8):
                    row.CreatedBy = Text();
                    break;
                case 10 when name.SequenceEqual("connection"u8):
                    Connection(ref row);
                    break;
                case 10 when name.SequenceEqual("updateTime"u8):
                    row.UpdateTime = Time();
                    break;
                case 11 when name.SequenceEqual("displayName"u8):
                    row.DisplayName = Text();
                    break;
                default:
                    SkipValue();
                    break;
            }
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Status(ref EnvironmentRow row)
    {
        (row.StatusCode, row.StatusMessage) = (GoogleRpcCode.Ok, default);
        if (!StartsObject())
            return;
        while (NextMember())
        {
            var name = Name();
            if (name.SequenceEqual("code"u8))
                row.StatusCode = LenientValues.RpcCode(Text().In(_response));
            else if (name.SequenceEqual("message"u8))
                row.StatusMessage = Text();
            else
                SkipValue();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Connection(ref EnvironmentRow row)
    {
        (row.NodePoolId, row.Role, row.Zone, row.NumRanks, row.UseLocalStorage) = (default, default, default, 0, false);
        if (!StartsObject())
            return;
        while (NextMember())
        {
            var name = Name();
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("role"u8):
                    row.Role = Text();
                    break;
                case 4 when name.SequenceEqual("zone"u8):
                    row.Zone = Text();
                    break;
                case 8 when name.SequenceEqual("numRanks"u8):
                    row.NumRanks = LenientValues.Int32(Text().In(_response));
                    break;
                case 10 when name.SequenceEqual("nodePoolId"u8):
                    row.NodePoolId = Text();
                    break;
                case 15 when name.SequenceEqual("useLocalStorage"u8):
                    row.UseLocalStorage = LenientValues.Boolean(Text().In(_response));
                    break;
                default:
                    SkipValue();
                    break;
            }
        }
    }

    private bool StartsObject()
    {
        Next();
        if (_reader.TokenType == JsonTokenType.StartObject)
            return true;
        SkipNested();
        return false;
    }

    private TextRange Text()
    {
        Next();
        return CurrentText();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TextRange CurrentText()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String when _reader.ValueIsEscaped:
                return Unescape();
            case JsonTokenType.String when _isUtf8 || Utf8.IsValid(_reader.ValueSpan):
                return new TextRange((int)_reader.TokenStartIndex + 1, _reader.ValueSpan.Length);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return new TextRange((int)_reader.TokenStartIndex, _reader.ValueSpan.Length);
            default:
                SkipNested();
                return default;
        }
    }

    // Unescaped text is never longer, and the reader is already past it.
    private TextRange Unescape()
    {
        var start = (int)_reader.TokenStartIndex + 1;
        return new TextRange(start, Encoding.UTF8.GetBytes(LenientText.Of(ref _reader) ?? "", _response[start..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private DateTimeOffset? Time()
    {
        Next();
        return _reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false, ValueSpan: [.., (byte)'Z'] text }
            && text.Length is >= MinTime and <= MaxTime && _reader.TryGetDateTimeOffset(out var time)
                ? time
                : LenientValues.Timestamp(CurrentText().In(_response));
    }

    private string? PageToken()
    {
        var text = Text().In(_response);
        return text.IsEmpty ? null : Encoding.UTF8.GetString(text);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkipValue()
    {
        Next();
        SkipNested();
    }

    // Unlike the reader's own Skip, this counts the skipped tokens.
    private void SkipNested()
    {
        if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        for (var depth = _reader.CurrentDepth; Next() && _reader.CurrentDepth > depth;)
        {
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Name() => _reader.ValueIsEscaped ? Unescape().In(_response) : _reader.ValueSpan;

    private bool NextMember() => Next() && _reader.TokenType == JsonTokenType.PropertyName;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Next()
    {
        if (++Tokens > ResponseLimits.MaxTokens)
            throw new TooManyTokensException();
        return _reader.Read();
    }

    private readonly void Require(JsonTokenType type)
    {
        if (_reader.TokenType != type)
            throw new JsonException();
    }
}
