using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Companion.Gateway;

/// <summary>A PEM file whose certificate authorities are trusted beside the system's.</summary>
/// <param name="Name">What named it, for people: companion.caFile, or an environment variable.</param>
/// <param name="Path">Its path.</param>
public sealed record CertificateFile(string Name, string Path)
{
    /// <summary>The certificates in it, or null and what is wrong with it.</summary>
    /// <param name="problem">What the file ought to be, to finish the sentence "companion.caFile takes …".</param>
    public X509Certificate2Collection? Read(out string? problem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problem = "the path of a readable PEM file with certificates";
            return null;
        }

        problem = authorities.Count > 0 ? null : "the path of a PEM file that holds at least one certificate";
        return problem is null ? authorities : null;
    }
}
