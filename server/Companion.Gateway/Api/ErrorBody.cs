using System.Net;
using System.Text;
using System.Text.Json;

namespace Companion.Gateway.Api;

/// <summary>The content of an error's body.</summary>
/// <param name="Code">The code it specifies, or null.</param>
/// <param name="Message">The raw message, or null.</param>
internal readonly record struct ErrorBody(GoogleRpcCode? Code, string? Message)
{
    private const int FirstHttpStatus = 100;

    /// <summary>True for a google.rpc.Status with a google.rpc code, which is the gateway's own error format.</summary>
    public bool IsStatus { get; private init; }

    /// <summary>True for JSON that is an error in one of the known formats and nothing else.</summary>
    public bool IsErrorObject { get; private init; }

    /// <summary>
    /// Reads every format that this host and the servers in front of it are known to return: google.rpc.Status with its code by number or name,
    /// <c>{error: {…}}</c>, <c>{error: "…"}</c>, <c>{fault: {faultstring}}</c>, plain text, HTML, and nothing.
    /// </summary>
    /// <param name="body">The body, possibly truncated.</param>
    public static ErrorBody Decode(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).Trim().TrimStart('\uFEFF');
        if (text.Length == 0)
            return default;
        if (text[0] is '{' or '[' or '"')
            return DecodeJson(text);
        return new ErrorBody(null, text[0] == '<' ? HtmlTitle(text) : text);
    }

    /// <summary>Whether a body is a web page.</summary>
    /// <param name="body">The body, possibly truncated.</param>
    public static bool IsWebPage(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        return body.TrimStart(" \t\r\n"u8).StartsWith((byte)'<');
    }

    private static ErrorBody DecodeJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.String
                ? new ErrorBody(null, Text(document.RootElement))
                : DecodeObject(document.RootElement);
        }
        catch (JsonException)
        {
            return default; // truncated or broken: don't show fragments of JSON
        }
    }

    private static ErrorBody DecodeObject(JsonElement root)
    {
        var own = Member(root, "code");
        var code = CodeOf(own);
        var message = Text(Member(root, "message"));
        var error = Member(root, "error");
        var fault = Member(root, "fault");
        return new ErrorBody(
            code ?? CodeOf(Member(error, "status")) ?? CodeOf(Member(error, "code")),
            message ?? Text(error) ?? Text(Member(error, "message")) ?? Text(Member(fault, "faultstring")))
        {
            IsStatus = code is not null && !IsHttpStatus(own),
            IsErrorObject = code is not null || Text(error) is not null || error.ValueKind == JsonValueKind.Object || fault.ValueKind == JsonValueKind.Object,
        };
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate
        }
    }

    private static bool IsHttpStatus(JsonElement code) =>
        code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) && number >= FirstHttpStatus;

    // OK isn't an error, and a number of 100 or more is an HTTP status in place of a code.
    private static GoogleRpcCode? CodeOf(JsonElement element)
    {
        GoogleRpcCode code;
        if (element.ValueKind == JsonValueKind.Number)
        {
            if (!element.TryGetInt32(out var number))
                return null;
            if (number >= FirstHttpStatus)
                return number < 400 ? null : GoogleRpcCodes.FromHttpStatus(number);
            return GoogleRpcCodes.TryParse(number, out code) && code != GoogleRpcCode.Ok ? code : null;
        }

        return GoogleRpcCodes.TryParse(Text(element), out code) && code != GoogleRpcCode.Ok ? code : null;
    }

    private static string? HtmlTitle(string html)
    {
        var open = html.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var start = open < 0 ? -1 : html.IndexOf('>', open);
        var end = start < 0 ? -1 : html.IndexOf("</title", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : WebUtility.HtmlDecode(html[(start + 1)..end]);
    }
}
