using Companion.Server.Scheduling;
using Companion.Server.Tests.Storage;

namespace Companion.Server.Tests.Scheduling;

[TestClass]
public sealed class ServerCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [TestMethod]
    public void A_single_file_is_copied_alone()
    {
        Write("extension/companion-server", "program");
        Write("extension/other", "not needed");
        CollectionAssert.AreEqual(new[] { _folder["copies/1.0/companion-server"] }, Copy("extension/companion-server").ToArray());
        Assert.AreEqual("program", File.ReadAllText(_folder["copies/1.0/companion-server"]));
        Assert.HasCount(1, Directory.GetFiles(_folder["copies/1.0"]));
    }

    [TestMethod]
    [DataRow("dotnet/dotnet", "dotnet/dotnet copies/1.0/companion-server.dll")]
    [DataRow("extension/companion-server", "copies/1.0/companion-server")]
    public void A_server_with_libraries_is_copied_with_them(string program, string command)
    {
        Write("dotnet/dotnet", "");
        Write("extension/companion-server", "");
        Write("extension/companion-server.dll", "");
        Write("extension/Companion.Gateway.dll", "gateway");
        CollectionAssert.AreEqual(command.Split(' ').Select(part => _folder[part]).ToArray(), Copy(program).ToArray());
        Assert.AreEqual("gateway", File.ReadAllText(_folder["copies/1.0/Companion.Gateway.dll"]));
        Assert.HasCount(3, Directory.GetFiles(_folder["copies/1.0"]));
    }

    [TestMethod]
    public void A_copy_is_replaced_only_if_it_is_another_program()
    {
        Write("extension/companion-server", "before");
        Copy("extension/companion-server");
        File.SetLastWriteTimeUtc(_folder["copies/1.0/companion-server"], File.GetLastWriteTimeUtc(_folder["extension/companion-server"]));
        var kept = _folder["copies/1.0/kept"];
        File.WriteAllText(kept, "");
        Copy("extension/companion-server");
        Assert.IsTrue(File.Exists(kept));

        Write("extension/companion-server", "after it was built again");
        Copy("extension/companion-server");
        Assert.AreEqual("after it was built again", File.ReadAllText(_folder["copies/1.0/companion-server"]));
        Assert.IsFalse(File.Exists(kept));
        Assert.HasCount(1, Directory.GetDirectories(_folder["copies"]));
    }

    [TestMethod]
    public void A_program_that_is_gone_is_an_error() => Assert.Throws<IOException>(() => Copy("extension/companion-server"));

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Copy(string program) =>
        ServerCopy.Make(_folder["copies"], _folder[program], _folder["extension"], "1.0");

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
    }
}
