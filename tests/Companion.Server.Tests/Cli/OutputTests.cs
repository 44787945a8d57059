using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;

namespace Companion.Server.Tests.Cli;

[TestClass]
public sealed class OutputTests
{
    [TestMethod]
    public void A_terminal_gets_columns_and_a_pipe_gets_tabs()
    {
        IReadOnlyList<string?>[] rows = [["train-a", "CONNECTED"], ["b", null]];

        Assert.AreEqual("ID       STATE\ntrain-a  CONNECTED\nb\n", Printed(isTerminal: true, rows));
        Assert.AreEqual("train-a\tCONNECTED\nb\t\n", Printed(isTerminal: false, rows));
    }

    [TestMethod]
    public void Names_from_elsewhere_cant_control_the_terminal()
    {
        Assert.AreEqual("a[31mb c", Printable.Of("a\u001b[31mb\tc\u202e"));
        Assert.AreEqual("日本 ünï", Printable.Of("日本 ünï"));
    }

    [TestMethod]
    [DataRow("statsu", "status")]
    [DataRow("Status", "status")]
    [DataRow("stat", "status")]
    [DataRow("conect", "connect")]
    [DataRow("xyz", "")]
    public void Similar_names_are_found(string text, string expected) =>
        Assert.AreEqual(expected, string.Join(", ", Nearest.To(text, ["list", "status", "connect", "disconnect", "usage"])));

    [TestMethod]
    public void A_closed_output_is_no_error()
    {
        using var closed = new ClosedWriter();
        var terminal = Terminal(closed);

        terminal.Print("a");

        Assert.IsTrue(terminal.OutputClosedAsync().IsCompleted);
    }

    [TestMethod]
    public void Without_a_terminal_the_answer_is_no_and_a_secret_is_a_line_of_the_input()
    {
        using var output = new StringWriter();
        var terminal = Terminal(output, input: "y\nsecond\n");

        Assert.IsFalse(terminal.Confirm("Sure?"));
        Assert.AreEqual("y", terminal.AskSecret("Key: "));
        Assert.AreEqual("", output.ToString());
    }

    private static string Printed(bool isTerminal, IReadOnlyList<string?>[] rows)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Table.Print(Terminal(output, isTerminal), ["ID", "STATE"], rows);
        return output.ToString();
    }

    private static Terminal Terminal(TextWriter output, bool isTerminal = false, string input = "")
    {
        var reader = new StringReader(input);
        return new(output, TextWriter.Null, () => reader, static () => null) { IsOutputTerminal = isTerminal, WaitForOutputClosed = static () => true };
    }

    private sealed class ClosedWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("Broken pipe");
    }
}
