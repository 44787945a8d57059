using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Companion.Gateway.Network;

/// <summary>A PEM file with certificate authorities to trust in addition to the system's.</summary>
/// <param name="Name">Where it's configured: companion.caFile or an environment variable.</param>
public sealed record CertificateFile(string Name, string Path)
{
    /// <summary>The maximum size in bytes: several times the size of a system's trust store.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Reads the certificates. Returns null if that fails.</summary>
    /// <param name="problem">What the file must be, to complete the sentence "companion.caFile must be …".</param>
    public X509Certificate2Collection? Read(out string? problem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(ReadText());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problem = "the path of a readable PEM file with certificates";
            return null;
        }

        problem = authorities.Count > 0 ? null : "the path of a PEM file with at least one certificate";
        return problem is null ? authorities : null;
    }

    // The path may lead to an endless file, such as /dev/zero.
    private string ReadText()
    {
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var size = stream is { CanSeek: true, Length: > 0 and <= MaxBytes } ? (int)stream.Length : MaxBytes;
        var bytes = new byte[size + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= size ? Encoding.UTF8.GetString(bytes, 0, length) : throw new IOException("The file is too large.");
    }
}
