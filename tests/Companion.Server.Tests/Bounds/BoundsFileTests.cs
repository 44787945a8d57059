using System.Diagnostics;
using System.Text;
using Companion.Gateway.Credentials;
using Companion.Server.Bounds;
using Companion.Server.Tests.Storage;
using Moq;

namespace Companion.Server.Tests.Bounds;

/// <summary>Files that can be read, that are missing, and that only seem to be.</summary>
[TestClass]
public sealed class BoundsFileTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private string Folder => _home[".fireworks"];

    private string Path => System.IO.Path.Combine(Folder, "companion-bounds.json");

    public void Dispose() => _home.Dispose();

    [TestMethod]
    [DataRow("")]
    [DataRow("\uFEFF", DisplayName = "with a byte order mark")]
    public void The_file_is_beside_auth_ini_and_read_anew_each_time(string mark)
    {
        var file = Open(_home.Path);
        Assert.AreEqual((null, null), Read(file));
        Write($$"""{{mark}}{"maxHours":3}""");
        Assert.AreEqual((new Limits { MaxHours = 3 }, null), Read(file));
        Write($$"""{{mark}}{"maxHours":4}""");
        Assert.AreEqual(4, Read(file).Limits!.MaxHours);
        Write($$"""{{mark}}{"maxHours":"4"}""");
        Assert.AreEqual((null, $"{Path}: maxHours must be a number from 0.1 to 8760"), Read(file));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)] // where only some users may make links
    public void A_link_to_a_file_is_followed()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(_home["bounds"], """{"maxNodes":2}""");
        File.CreateSymbolicLink(Path, _home["bounds"]);
        Assert.AreEqual(2, Read(Open(_home.Path)).Limits!.MaxNodes);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("a folder", "it can't be read")]
    [DataRow("an empty file", "it must be a file with a JSON object")]
    [DataRow("too large", "it must be at most 64 KiB")]
    [DataRow("UTF-16", "it isn't valid JSON (line 1)")]
    [DataRow("a dangling link", "it's a link to a file that doesn't exist")]
    [DataRow("a loop of links", "it can't be read")]
    [DataRow("a file instead of the folder", "its folder can't be read")]
    [DataRow("a dangling link instead of the folder", "its folder can't be read")]
    public void A_file_that_cannot_be_used_is_not_the_same_as_none(string what, string expected)
    {
        if (what.Contains("instead", StringComparison.Ordinal))
        {
            if (what.Contains("link", StringComparison.Ordinal))
                Directory.CreateSymbolicLink(Folder, _home["nowhere"]);
            else
                File.WriteAllText(Folder, "");
        }
        else
        {
            Directory.CreateDirectory(Folder);
            switch (what)
            {
                case "a folder":
                    Directory.CreateDirectory(Path);
                    break;
                case "an empty file":
                    File.WriteAllText(Path, "");
                    break;
                case "too large":
                    File.WriteAllText(Path, "{}".PadRight((64 * 1024) + 1));
                    break;
                case "UTF-16":
                    File.WriteAllText(Path, "{}", Encoding.Unicode);
                    break;
                case "a dangling link":
                    File.CreateSymbolicLink(Path, _home["nowhere"]);
                    break;
                default:
                    File.CreateSymbolicLink(Path, Path);
                    break;
            }
        }

        Assert.AreEqual((null, $"{Path}: {expected}"), Read(Open(_home.Path)));
    }

    [TestMethod]
    public void The_largest_file_is_read()
    {
        Write("{}".PadRight(64 * 1024));
        Assert.AreEqual((new Limits(), null), Read(Open(_home.Path)));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_pipe_does_not_keep_anyone_waiting()
    {
        Directory.CreateDirectory(Folder);
        using (var made = Process.Start("mkfifo", [Path]))
            made.WaitForExit();
        Assert.AreEqual((null, $"{Path}: it must be a file with a JSON object"), Read(Open(_home.Path)));
        File.CreateSymbolicLink(_home["link"], Path);
        Directory.Move(Folder, _home["other"]);
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(Path, System.IO.Path.Combine(_home["other"], "companion-bounds.json"));
        Assert.AreEqual((null, $"{Path}: it must be a file with a JSON object"), Read(Open(_home.Path)));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("home")]
    public void Nothing_is_read_from_a_relative_home_folder(string? home) =>
        Assert.AreEqual((null, "the home folder (HOME) must be an absolute path"), Read(Open(home)));

    private static BoundsFile Open(string? home) => new(Mock.Of<IProcessEnvironment>(environment => environment.HomeDirectory == home));

    private static (Limits? Limits, string? Fault) Read(BoundsFile file) => (file.Read(out var fault), fault);

    private void Write(string text)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path, text);
    }
}
