namespace Companion.Gateway.Credentials;

/// <summary>Which files to read.</summary>
/// <param name="AuthFile">The path of auth.ini, or null if there's no home folder or the specified file can't be used.</param>
/// <param name="SettingsFile">The path of the matching settings.ini, or null.</param>
/// <param name="IsSpecified">True if the user specified a profile or file, which then takes precedence over environment variables.</param>
internal readonly record struct AuthFileLocation(string? AuthFile, string? SettingsFile, bool IsSpecified)
{
    private const string FileVariable = "FIREWORKS_AUTH_FILE";
    private const string ProfileVariable = "FIREWORKS_PROFILE";

    /// <summary>Determines the files from the environment.</summary>
    /// <param name="warnings">Receives warnings about values that can't be used.</param>
    public static AuthFileLocation Of(IProcessEnvironment environment, List<string> warnings)
    {
        var home = Home(environment.HomeDirectory, warnings);
        var folder = home is null ? null : Path.Combine(home, ".fireworks");
        if (IniFile.Unquote(environment.GetVariable(FileVariable)) is { Length: > 0 } file)
            return new AuthFileLocation(SpecifiedFile(file, home, warnings), null, IsSpecified: true);

        if (IniFile.Unquote(environment.GetVariable(ProfileVariable)) is { Length: > 0 } profile)
        {
            if (!ResourceName.IsPlainSegment(profile))
            {
                warnings.Add($"{ProfileVariable} isn't a valid profile name and is ignored.");
                return InFolder(folder, isSpecified: false);
            }

            return InFolder(folder is null ? null : Path.Combine(folder, "profiles", profile), isSpecified: true);
        }

        return InFolder(folder, isSpecified: false);
    }

    private static AuthFileLocation InFolder(string? folder, bool isSpecified) =>
        folder is null
            ? new AuthFileLocation(null, null, isSpecified)
            : new AuthFileLocation(Path.Combine(folder, "auth.ini"), Path.Combine(folder, "settings.ini"), isSpecified);

    // Nothing is relative to the working folder, because the user might have just opened it and not trust it.
    private static string? Home(string? home, List<string> warnings)
    {
        if (string.IsNullOrWhiteSpace(home) || Path.IsPathFullyQualified(home))
            return string.IsNullOrWhiteSpace(home) ? null : home;
        warnings.Add("The home folder (HOME) isn't an absolute path, so auth.ini isn't read from it.");
        return null;
    }

    private static string? SpecifiedFile(string text, string? home, List<string> warnings)
    {
        if (home is not null && (text == "~" || text.StartsWith("~/", StringComparison.Ordinal) || text.StartsWith("~\\", StringComparison.Ordinal)))
            text = Path.Combine(home, text[1..].TrimStart('/', '\\'));
        if (Path.IsPathFullyQualified(text) && !text.Contains('\0', StringComparison.Ordinal))
            return text;
        warnings.Add($"{FileVariable} isn't an absolute path and is ignored.");
        return null;
    }
}
