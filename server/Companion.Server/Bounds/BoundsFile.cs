using Companion.Gateway.Credentials;
using Companion.Gateway.Files;

namespace Companion.Server.Bounds;

/// <summary>
/// The user's file with the bounds, beside the vendor's auth.ini. It's read again for each change, and no other place is looked at: not the working
/// folder, which the user might have just opened, and nothing that a variable names.
/// </summary>
internal sealed class BoundsFile(IProcessEnvironment environment)
{
    private const string Name = "companion-bounds.json";
    private const int MaxBytes = 64 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Its path, or its name if there's no home folder.</summary>
    public string Path => Folder is { } folder ? System.IO.Path.Combine(folder, Name) : Name;

    /// <summary>The folder of the vendor's files, or null if there's no home folder that can be used.</summary>
    public string? Folder =>
        environment.HomeDirectory is { } home && !string.IsNullOrWhiteSpace(home) && System.IO.Path.IsPathFullyQualified(home)
            ? System.IO.Path.Combine(home, ".fireworks")
            : null;

    /// <summary>Reads the bounds.</summary>
    /// <param name="fault">Why the file can't be used, as a sentence without a period that names it, or null.</param>
    /// <returns>Null if the file can't be used or doesn't exist.</returns>
    public Limits? Read(out string? fault)
    {
        if (Folder is not { } folder)
        {
            fault = "the home folder (HOME) must be an absolute path";
            return null;
        }

        Limits? limits = null;
        fault = null;
        try
        {
            if (ReadBytes(folder, Path, out fault) is { } bytes)
                limits = LimitsParser.Parse(bytes, out fault);
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            fault = "it can't be read";
        }

        if (fault is not null)
            fault = $"{Path}: {fault}";
        return limits;
    }

    // A file that seems to be missing must not be one that's hidden, or a link that leads nowhere.
    private static byte[]? ReadBytes(string folder, string path, out string? fault)
    {
        fault = null;
        var found = new FileInfo(path);
        if (found.LinkTarget is not null)
            found = found.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        if (found is not { Exists: true } && new FileInfo(path).LinkTarget is not null)
            fault = "it's a link to a file that doesn't exist";
        else if (found is { Exists: true, Length: 0 }) // to open a pipe, which is empty, would be to wait for its writer
            fault = "it must be a file with a JSON object";
        if (fault is not null)
            return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= MaxBytes)
                return bytes[(bytes.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0)..length];
            fault = "it must be at most 64 KiB";
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            if (File.Exists(folder)) // a file, or a link that leads nowhere
                fault = "its folder can't be read";
        }

        return null;
    }
}
