namespace Companion.Protocol.Constraints;

/// <summary>One of <see cref="Actors"/>. Any other is refused, because a mistyped one must not be free of bounds.</summary>
public sealed class ActorConverter : TextConverter
{
    /// <inheritdoc/>
    public override string Expected => $"\"{Actors.Person}\", \"{Actors.CommandLine}\", or \"{Actors.Agent}\"";

    /// <inheritdoc/>
    public override string Schema => $$"""{"type":"string","enum":["{{Actors.Person}}","{{Actors.CommandLine}}","{{Actors.Agent}}"]}""";

    /// <inheritdoc/>
    protected override bool Accepts(string text) => text is Actors.Person or Actors.CommandLine or Actors.Agent;
}
