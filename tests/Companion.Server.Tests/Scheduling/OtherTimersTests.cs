using System.Xml.Linq;
using Companion.Server.Scheduling;
using Companion.Server.Tests.Storage;

namespace Companion.Server.Tests.Scheduling;

/// <summary>The files for launchd and Task Scheduler, and what is asked of stand-ins for their programs.</summary>
[TestClass]
public sealed class OtherTimersTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset At = new(2026, 11, 29, 18, 30, 0, 1, TimeSpan.Zero);
    private static readonly string[] Command = ["/opt/a & b/companion-server", "--end-lease", Id, "--storagePath", "/home/<ana>"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _calls = [];
    private readonly Dictionary<string, ProgramResult> _answers = [];

    [TestMethod]
    public void A_launchd_agent_starts_once_an_hour_at_the_minute_of_the_end()
    {
        var dictionary = XDocument.Parse(LaunchdTimers.Agent(Id, At, Command)).Root!.Element("dict")!;
        var values = dictionary.Elements("key").ToDictionary(static key => key.Value, static key => (XElement)key.NextNode!);
        Assert.AreEqual($"companion.end.{Id}", values["Label"].Value);
        CollectionAssert.AreEqual(Command, values["ProgramArguments"].Elements().Select(static e => e.Value).ToArray());
        Assert.AreEqual("Minute31", values["StartCalendarInterval"].Value);
        Assert.AreEqual("true", values["RunAtLoad"].Name.LocalName);
    }

    [TestMethod]
    public async Task A_launchd_agent_is_replaced_read_back_and_removed()
    {
        _answers["bootout"] = new(3, "No such process");
        var timers = new LaunchdTimers(_folder.Path, 501, Answer);
        Assert.IsNull(await timers.SetAsync(Id, At, Command, CancellationToken.None));
        var file = _folder[$"Library/LaunchAgents/companion.end.{Id}.plist"];
        Assert.IsTrue(File.Exists(file));
        await timers.RemoveAsync(Id, CancellationToken.None);
        await timers.RemoveAsync(Id, CancellationToken.None);
        Assert.IsFalse(File.Exists(file));
        var service = $"gui/501/companion.end.{Id}";
        CollectionAssert.AreEqual(new[] { $"bootout {service}", $"bootstrap gui/501 {file}", $"print {service}", $"bootout {service}" }, _calls);

        _answers["print"] = new(113, "Could not find service\nmore");
        Assert.AreEqual("launchctl: Could not find service", await timers.SetAsync(Id, At, Command, CancellationToken.None));
        Assert.AreEqual("launchctl: Could not find service", await timers.FindObstacleAsync(CancellationToken.None));
    }

    [TestMethod]
    public void A_task_runs_once_in_utc_and_later_if_the_computer_was_off()
    {
        var task = XDocument.Parse(TaskSchedulerTimers.TaskFor(At, [@"C:\a & b\companion-server.exe", "--storagePath", @"C:\Users\Ana Lee\data\"])).Root!;
        string ValueOf(string name) => task.Descendants(task.Name.Namespace + name).Single().Value;
        Assert.AreEqual("2026-11-29T18:30:01Z", ValueOf("StartBoundary"));
        Assert.AreEqual("true", ValueOf("StartWhenAvailable"));
        Assert.AreEqual("false", ValueOf("DisallowStartIfOnBatteries"));
        Assert.AreEqual(@"C:\a & b\companion-server.exe", ValueOf("Command"));
        Assert.AreEqual(@"""--storagePath"" ""C:\Users\Ana Lee\data""", ValueOf("Arguments"));
    }

    [TestMethod]
    [DataRow(0, "<StartBoundary>2026-11-29T18:30:01Z</StartBoundary>", null)]
    [DataRow(0, "<StartBoundary>2026-11-29T19:30:01Z</StartBoundary>", "Task Scheduler doesn't report the task's time")]
    [DataRow(1, "<StartBoundary>2026-11-29T18:30:01Z</StartBoundary>", "Task Scheduler doesn't report the task's time")]
    public async Task A_task_is_read_back(int exitCode, string xml, string? reason)
    {
        _answers["/Query"] = new(exitCode, xml);
        var timers = new TaskSchedulerTimers(_folder.Path, Answer);
        Assert.AreEqual(reason, await timers.SetAsync(Id, At, Command, CancellationToken.None));
        Assert.IsEmpty(Directory.GetFiles(_folder.Path));
        await timers.RemoveAsync(Id, CancellationToken.None);
        StringAssert.StartsWith(_calls[0], $@"/Create /TN \Companion\end-{Id} /XML ");
        Assert.AreEqual($@"/Query /TN \Companion\end-{Id} /XML ONE", _calls[1]);
        Assert.AreEqual($@"/Delete /TN \Companion\end-{Id} /F", _calls[2]);
    }

    [TestMethod]
    public async Task A_task_that_is_refused_is_reported()
    {
        _answers["/Create"] = new(1, "ERROR: Access is denied.\r\n");
        var timers = new TaskSchedulerTimers(_folder.Path, Answer);
        Assert.AreEqual("schtasks: ERROR: Access is denied.", await timers.SetAsync(Id, At, Command, CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProgramResult> Answer(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        _calls.Add(string.Join(' ', args));
        return Task.FromResult(_answers.GetValueOrDefault(args[0], new ProgramResult(0, "")));
    }
}
