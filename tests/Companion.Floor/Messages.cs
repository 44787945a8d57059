using System.Text.Json.Serialization;

namespace Companion.Floor;

/// <summary>Of the params of <c>initialize</c>, what is answered.</summary>
internal sealed record Question(InitializationOptions? InitializationOptions);

/// <summary>Its options.</summary>
internal sealed record InitializationOptions(string? GatewayUrl);

/// <summary>The answer to <c>initialize</c>.</summary>
internal sealed record Welcome(Empty Capabilities, ServerInfo ServerInfo, int ProtocolVersion, Gateway Gateway, string[] Unsettled);

/// <summary>An object without members.</summary>
internal sealed record Empty;

/// <summary>Who answers.</summary>
internal sealed record ServerInfo(string Name, string Version);

/// <summary>The gateway in use.</summary>
internal sealed record Gateway(string Url, bool Sandbox);

/// <summary>The answer to <c>getAccount</c>.</summary>
internal sealed record Account(string AccountId, string DisplayName, string Email, string KeySource);

/// <summary>What is answered to everybody.</summary>
internal static class Answers
{
    /// <summary>The account.</summary>
    public static Account Account { get; } = new("acme-research", "Acme Research", "ada@acme.example", "sandbox");

    /// <summary>The welcome.</summary>
    public static Welcome To(Question question) =>
        new(new Empty(), new ServerInfo("floor", "0.1.0"), 1, new Gateway(question.InitializationOptions?.GatewayUrl ?? "", true), []);
}

/// <summary>How they are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Welcome))]
[JsonSerializable(typeof(Account))]
internal sealed partial class FloorJson : JsonSerializerContext;
