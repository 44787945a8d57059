using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Companion.Gateway.Json;

namespace Companion.Gateway.Api;

/// <summary>Reads responses. If the content isn't what was requested, it throws a <see cref="GatewayException"/>.</summary>
internal static class ResponseReader
{
    /// <summary>Reads a response that is a single resource.</summary>
    /// <param name="name">Gets the resource's name.</param>
    /// <exception cref="GatewayException">The response isn't that resource.</exception>
    public static T ReadResource<T>(GatewayCall call, GatewayResponse response, JsonTypeInfo<T> type, Func<T, string?> name)
        where T : class
    {
        var resource = Read(call, response, type, out _);
        RequireName(call, response, name(resource));
        return resource;
    }

    /// <summary>Reads a response.</summary>
    /// <param name="tokens">The number of values, names, and brackets.</param>
    /// <exception cref="GatewayException">The response has another type.</exception>
    public static T Read<T>(GatewayCall call, GatewayResponse response, JsonTypeInfo<T> type, out int tokens)
        where T : class
    {
        try
        {
            tokens = ResponseLimits.Check(response.Body.Span, type);
            return JsonSerializer.Deserialize(response.Body.Span, type) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw Unexpected(call, response, e);
        }
    }

    /// <summary>Reads a response that is a page of a list.</summary>
    /// <param name="name">Gets an item's resource name, or null if the items have none.</param>
    /// <exception cref="GatewayException">The response isn't such a page.</exception>
    public static ListPage<T> ReadPage<T, TPage>(GatewayCall call, GatewayResponse response, JsonTypeInfo<TPage> type, Func<T, string?>? name)
        where TPage : class, IPage<T>
    {
        var page = Read(call, response, type, out var tokens);
        var items = page.Items?.OfType<T>().ToList() ?? [];
        if (items.Count == 0 && ErrorResponse.FromBody(call, response) is { } fault)
            throw fault;
        foreach (var item in items)
            RequireAccount(call, response, name?.Invoke(item));
        return new ListPage<T>(items, new PageInfo(response.HttpStatus, response.Body.Length, tokens, page.NextPageToken))
        {
            SentAt = response.SentAt,
            ReceivedAt = response.ReceivedAt,
        };
    }

    /// <summary>Checks a response without content: it must be empty, or an object that isn't an error.</summary>
    /// <exception cref="GatewayException">The response is something else.</exception>
    public static void RequireEmptyOrObject(GatewayCall call, GatewayResponse response)
    {
        var text = response.Body.Span.Trim(" \t\r\n"u8);
        if (text.IsEmpty || text.SequenceEqual("{}"u8))
            return;
        _ = Read(call, response, GatewayResponseJson.Default.EmptyResponse, out _);
        if (ErrorResponse.FromBody(call, response) is { } fault)
            throw fault;
    }

    private static void RequireName(GatewayCall call, GatewayResponse response, string? name)
    {
        if (!ResourceName.LastSegment(name).SequenceEqual(call.ResourceId))
            throw Unexpected(call, response);
        RequireAccount(call, response, name);
    }

    private static void RequireAccount(GatewayCall call, GatewayResponse response, string? name)
    {
        if (!ResourceName.IsInAccount(name, call.AccountId))
            throw Unexpected(call, response);
    }

    // Without the serializer's message, which repeats parts of the response.
    private static GatewayException Unexpected(GatewayCall call, GatewayResponse response, JsonException? e = null) => e is TooManyTokensException
        ? TransportErrors.InvalidResponse(call, response.HttpStatus, "The gateway's response contains too many values.")
        : ErrorResponse.FromBody(call, response)
            ?? (ErrorBody.IsWebPage(response.Body.Span)
                ? TransportErrors.InvalidResponse(call, response.HttpStatus, "Received a web page instead of the gateway's response.", reason: InvalidResponseReason.WebPage)
                : TransportErrors.InvalidResponse(call, response.HttpStatus, "The gateway's response isn't the expected JSON."));
}

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, PageInfo Info)
{
    /// <summary>When the request was sent, as a timestamp of the client's clock.</summary>
    public required long SentAt { get; init; }

    /// <summary>When the response was received, by the wall clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
