namespace Companion.Server.Tests.Hosting;

[TestClass]
public sealed class CommandLineTests
{
    [TestMethod]
    [DataRow("--stdio", null)]
    [DataRow("--stdio --clientProcessId 42", 42)]
    [DataRow("--clientProcessId 42 --stdio", 42)]
    public void Serves(string args, int? clientProcessId) =>
        Assert.AreEqual(new CommandLine.Serve(clientProcessId), CommandLine.Parse(args.Split(' ')));

    [TestMethod]
    [DataRow("--version")]
    [DataRow("--stdio --version")]
    public void Reports_its_version(string args) => Assert.IsInstanceOfType<CommandLine.Version>(CommandLine.Parse(args.Split(' ')));

    [TestMethod]
    [DataRow("--end-lease 0123456789abcdef0123456789abcdef --storagePath /data")]
    [DataRow("--storagePath /data --end-lease 0123456789abcdef0123456789abcdef")]
    public void Ends_a_lease(string args) =>
        Assert.AreEqual(new CommandLine.EndLease("0123456789abcdef0123456789abcdef", "/data"), CommandLine.Parse(args.Split(' ')));

    [TestMethod]
    public void Helps() => Assert.IsInstanceOfType<CommandLine.Help>(CommandLine.Parse(["--help"]));

    [TestMethod]
    [DataRow("", "--stdio is required")]
    [DataRow("--stdio --clientProcessId", "--clientProcessId requires")]
    [DataRow("--stdio --clientProcessId zero", "--clientProcessId requires")]
    [DataRow("--stdio --clientProcessId -1", "--clientProcessId requires")]
    [DataRow("--stdio --socket=1", "--socket=1")]
    [DataRow("--end-lease", "--end-lease requires the ID")]
    [DataRow("--end-lease ../../etc --storagePath /data", "--end-lease requires the ID")]
    [DataRow("--end-lease 0123456789ABCDEF0123456789ABCDEF --storagePath /data", "--end-lease requires the ID")]
    [DataRow("--end-lease 0123456789abcdef0123456789abcdef", "requires --storagePath")]
    [DataRow("--end-lease 0123456789abcdef0123456789abcdef --storagePath data", "--storagePath requires the full path")]
    [DataRow("--end-lease 0123456789abcdef0123456789abcdef --storagePath /data --stdio", "can't be used with --stdio")]
    public void Reports_invalid_arguments(string args, string part)
    {
        var wrong = Assert.IsInstanceOfType<CommandLine.Wrong>(CommandLine.Parse(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        StringAssert.Contains(wrong.Message, part);
    }
}
