using System.Diagnostics;
using System.Runtime.Versioning;
using Companion.Gateway.Files;

namespace Companion.Gateway.Tests.Files;

[TestClass]
public sealed class FileStatusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("companion-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Files_and_folders_are_told_apart()
    {
        File.WriteAllText(this["file"], "");
        Assert.AreEqual(FileKind.Regular, FileStatus.Of(this["file"]).Kind);
        Assert.AreEqual(FileKind.Folder, FileStatus.Of(_folder).Kind);
        Assert.AreEqual(FileKind.Missing, FileStatus.Of(this["missing"]).Kind);
        Assert.AreEqual(FileKind.Missing, FileStatus.Of(Path.Combine(this["file"], "in it")).Kind);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Links_are_not_followed()
    {
        File.CreateSymbolicLink(this["link"], _folder);
        File.CreateSymbolicLink(this["broken"], this["missing"]);
        Assert.AreEqual(FileKind.Link, FileStatus.Of(this["link"]).Kind);
        Assert.AreEqual(FileKind.Link, FileStatus.Of(this["broken"]).Kind);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_pipe_is_not_opened()
    {
        Process.Start("mkfifo", [this["pipe"]]).WaitForExit();
        Assert.AreEqual(FileKind.Other, FileStatus.Of(this["pipe"]).Kind);
        Assert.AreEqual(FileKind.Other, FileStatus.Of("/dev/null").Kind);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void The_owner_is_known()
    {
        Assert.AreEqual(UserId.Current, FileStatus.Of(_folder).OwnerId);
        Assert.AreEqual(0u, FileStatus.Of("/").OwnerId);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_path_that_the_system_refuses_is_an_error() =>
        Assert.ThrowsExactly<IOException>(() => FileStatus.Of(this[new string('x', 5000)]));

    private string this[string name] => Path.Combine(_folder, name);
}
