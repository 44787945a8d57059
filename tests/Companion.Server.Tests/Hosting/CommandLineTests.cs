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
    public void Helps() => Assert.IsInstanceOfType<CommandLine.Help>(CommandLine.Parse(["--help"]));

    [TestMethod]
    [DataRow("", "--stdio is required")]
    [DataRow("--stdio --clientProcessId", "--clientProcessId requires")]
    [DataRow("--stdio --clientProcessId zero", "--clientProcessId requires")]
    [DataRow("--stdio --clientProcessId -1", "--clientProcessId requires")]
    [DataRow("--stdio --socket=1", "--socket=1")]
    public void Reports_invalid_arguments(string args, string part)
    {
        var wrong = Assert.IsInstanceOfType<CommandLine.Wrong>(CommandLine.Parse(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        StringAssert.Contains(wrong.Message, part);
    }
}
