namespace Companion.Server.Scheduling;

/// <summary>A copy of this program, for timers: an update of the extension deletes the original.</summary>
internal static class ServerCopy
{
    private const string Library = "companion-server.dll";

    /// <summary>Makes the copy, unless it's there.</summary>
    /// <param name="folder">The folder for copies. Each version has a subfolder.</param>
    /// <param name="program">The path of the running program.</param>
    /// <param name="baseDirectory">The folder with the program or, if .NET runs it, with its libraries.</param>
    /// <returns>The program to run, and its first arguments.</returns>
    /// <exception cref="IOException">It can't be copied.</exception>
    public static IReadOnlyList<string> Make(string folder, string program, string baseDirectory, string version)
    {
        var isPortable = File.Exists(Path.Combine(baseDirectory, Library));
        string[] files = isPortable ? Directory.GetFiles(baseDirectory) : [program];
        var target = Path.Combine(folder, version);
        if (!files.All(file => IsSame(file, CopyOf(file))))
            Replace(target, files);
        return isPortable && Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.Combine(target, Library)]
            : [CopyOf(program)];

        string CopyOf(string file) => Path.Combine(target, Path.GetFileName(file));
    }

    private static bool IsSame(string file, string copy) =>
        new FileInfo(copy) is { Exists: true } there && there.Length == new FileInfo(file).Length
        && there.LastWriteTimeUtc == File.GetLastWriteTimeUtc(file);

    // Complete or not at all. A copy that's running isn't affected.
    private static void Replace(string target, IReadOnlyList<string> files)
    {
        var next = $"{target}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(next);
        foreach (var file in files)
            File.Copy(file, Path.Combine(next, Path.GetFileName(file)));
        if (Directory.Exists(target))
            Directory.Move(target, $"{next}.old");
        Directory.Move(next, target);
        if (Directory.Exists($"{next}.old"))
            Directory.Delete($"{next}.old", recursive: true);
    }
}
