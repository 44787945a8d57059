using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Companion.Gateway.Json;
using Companion.Gateway.Resources;

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
        RequireName(call, response, Encoding.UTF8.GetBytes(name(resource) ?? ""));
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
            RequireAccount(call, response, Encoding.UTF8.GetBytes(name?.Invoke(item) ?? ""));
        return new ListPage<T>(items, new PageInfo(response.HttpStatus, response.Body.Length, tokens, page.NextPageToken));
    }

    /// <summary>Reads a response that is a single environment.</summary>
    /// <exception cref="GatewayException">The response isn't that environment.</exception>
    public static GatewayEnvironment ReadEnvironment(GatewayCall call, GatewayResponse response)
    {
        try
        {
            var row = EnvironmentParser.ReadOne(response.Body.Span);
            RequireName(call, response, row.Name.In(response.Body.Span));
            return new GatewayEnvironmentView(response.Body.Span, in row).ToEnvironment(response.SentAt);
        }
        catch (JsonException e)
        {
            throw Unexpected(call, response, e);
        }
    }

    /// <summary>Reads a response that is a page of environments.</summary>
    /// <param name="rows">Receives the environments.</param>
    /// <exception cref="GatewayException">The response isn't such a page.</exception>
    public static PageInfo ReadEnvironments(GatewayCall call, GatewayResponse response, List<EnvironmentRow> rows)
    {
        try
        {
            var tokens = EnvironmentParser.ReadPage(response.Body.Span, rows, out var nextPageToken);
            if (rows.Count == 0 && ErrorResponse.FromBody(call, response) is { } fault)
                throw fault;
            foreach (var row in rows)
                RequireAccount(call, response, row.Name.In(response.Body.Span));
            return new PageInfo(response.HttpStatus, response.Body.Length, tokens, nextPageToken);
        }
        catch (JsonException e)
        {
            throw Unexpected(call, response, e);
        }
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

    private static void RequireName(GatewayCall call, GatewayResponse response, ReadOnlySpan<byte> name)
    {
        if (!ResourceName.LastSegment(name).SequenceEqual(Encoding.UTF8.GetBytes(call.ResourceId!)))
            throw Unexpected(call, response);
        RequireAccount(call, response, name);
    }

    private static void RequireAccount(GatewayCall call, GatewayResponse response, ReadOnlySpan<byte> name)
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
internal sealed record ListPage<T>(IReadOnlyList<T> Items, PageInfo Facts);
