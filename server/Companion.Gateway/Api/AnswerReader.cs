using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Companion.Gateway.Json;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>Makes of an answer what was asked for, or the one kind of failure that callers know.</summary>
internal static class AnswerReader
{
    /// <summary>Reads an answer that is one resource.</summary>
    /// <param name="name">Gets the resource's name.</param>
    /// <exception cref="GatewayException">It is not that resource.</exception>
    public static T ReadResource<T>(GatewayCall call, GatewayAnswer answer, JsonTypeInfo<T> type, Func<T, string?> name)
        where T : class
    {
        var resource = Read(call, answer, type, out _);
        RequireName(call, answer, Encoding.UTF8.GetBytes(name(resource) ?? ""));
        return resource;
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="tokens">The number of values, names, and brackets.</param>
    /// <exception cref="GatewayException">It is not that.</exception>
    public static T Read<T>(GatewayCall call, GatewayAnswer answer, JsonTypeInfo<T> type, out int tokens)
        where T : class
    {
        try
        {
            tokens = AnswerShape.Check(answer.Body.Span, type);
            return JsonSerializer.Deserialize(answer.Body.Span, type) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw NotAsAskedFor(call, answer, e);
        }
    }

    /// <summary>Reads an answer that is one page of a list.</summary>
    /// <param name="name">Gets an item's resource name, or null if the items have none.</param>
    /// <exception cref="GatewayException">It is not that.</exception>
    public static ListPage<T> ReadPage<T, TPage>(GatewayCall call, GatewayAnswer answer, JsonTypeInfo<TPage> type, Func<T, string?>? name)
        where TPage : class, IPage<T>
    {
        var page = Read(call, answer, type, out var tokens);
        var items = page.Items?.OfType<T>().ToList() ?? [];
        if (items.Count == 0 && ErrorAnswer.Reported(call, answer) is { } fault)
            throw fault;
        foreach (var item in items)
            RequireAccount(call, answer, Encoding.UTF8.GetBytes(name?.Invoke(item) ?? ""));
        return new ListPage<T>(items, new PageFacts(answer.HttpStatus, answer.Body.Length, tokens, page.NextPageToken));
    }

    /// <summary>Reads an answer that is one environment.</summary>
    /// <exception cref="GatewayException">It is not that environment.</exception>
    public static GatewayEnvironment ReadEnvironment(GatewayCall call, GatewayAnswer answer)
    {
        try
        {
            var row = EnvironmentParser.ReadOne(answer.Body.Span);
            RequireName(call, answer, row.Name.In(answer.Body.Span));
            return new GatewayEnvironmentView(answer.Body.Span, in row).ToEnvironment(answer.SentAt);
        }
        catch (JsonException e)
        {
            throw NotAsAskedFor(call, answer, e);
        }
    }

    /// <summary>Reads an answer that is one page of environments.</summary>
    /// <param name="rows">Receives the environments.</param>
    /// <exception cref="GatewayException">It is not that.</exception>
    public static PageFacts ReadEnvironments(GatewayCall call, GatewayAnswer answer, List<EnvironmentRow> rows)
    {
        try
        {
            var tokens = EnvironmentParser.ReadPage(answer.Body.Span, rows, out var nextPageToken);
            if (rows.Count == 0 && ErrorAnswer.Reported(call, answer) is { } fault)
                throw fault;
            foreach (var row in rows)
                RequireAccount(call, answer, row.Name.In(answer.Body.Span));
            return new PageFacts(answer.HttpStatus, answer.Body.Length, tokens, nextPageToken);
        }
        catch (JsonException e)
        {
            throw NotAsAskedFor(call, answer, e);
        }
    }

    /// <summary>Of some answers nothing is used but that they are empty or an object that reports no error.</summary>
    /// <exception cref="GatewayException">It is neither.</exception>
    public static void RequireEmptyOrObject(GatewayCall call, GatewayAnswer answer)
    {
        var text = answer.Body.Span.Trim(" \t\r\n"u8);
        if (text.IsEmpty || text.SequenceEqual("{}"u8))
            return;
        _ = Read(call, answer, GatewayAnswerJson.Default.EmptyAnswer, out _);
        if (ErrorAnswer.Reported(call, answer) is { } fault)
            throw fault;
    }

    private static void RequireName(GatewayCall call, GatewayAnswer answer, ReadOnlySpan<byte> name)
    {
        if (!ResourceName.LastSegment(name).SequenceEqual(Encoding.UTF8.GetBytes(call.ResourceId!)))
            throw NotAsAskedFor(call, answer);
        RequireAccount(call, answer, name);
    }

    private static void RequireAccount(GatewayCall call, GatewayAnswer answer, ReadOnlySpan<byte> name)
    {
        if (!ResourceName.IsInAccount(name, call.AccountId))
            throw NotAsAskedFor(call, answer);
    }

    // Without the platform's words, which repeat parts of the answer.
    private static GatewayException NotAsAskedFor(GatewayCall call, GatewayAnswer answer, JsonException? e = null) => e is TooManyTokensException
        ? TransportFaults.BadAnswer(call, answer.HttpStatus, "The gateway's response contains too many values.")
        : ErrorAnswer.Reported(call, answer)
            ?? (ErrorBody.IsPage(answer.Body.Span)
                ? TransportFaults.BadAnswer(call, answer.HttpStatus, "Received a web page instead of the gateway's response.", reason: BadAnswerReason.Page)
                : TransportFaults.BadAnswer(call, answer.HttpStatus, "The gateway's response isn't the expected JSON."));
}

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, PageFacts Facts);
