using Companion.Gateway.Credentials;
using Companion.Server.Scheduling;
using Companion.Server.Tests.Storage;
using Moq;

namespace Companion.Server.Tests.Scheduling;

/// <summary>The units, and what is asked of a stand-in for <c>systemctl</c>.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class SystemdTimersTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset At = new(2026, 10, 25, 2, 30, 0, 1, TimeSpan.FromHours(1)); // repeated in many places when clocks change
    private static readonly string[] Command = ["/opt/a b/100%/companion-server", "--end-lease", Id, "--storagePath", "/home/$USER/\"x\\y\""];

    private readonly TemporaryFolder _home = new();
    private readonly List<string> _calls = [];
    private readonly Dictionary<string, ProgramResult> _answers = new()
    {
        ["show"] = new(0, "Sun 2026-10-25 01:30:01 UTC\n"),
        ["show-environment"] = new(0, "HOME=/home/ana\nFIREWORKS_API_KEY=fw_test_key\nEMPTY=\n"),
    };

    private readonly Dictionary<string, string> _variables = [];

    [TestMethod]
    public async Task A_timer_is_written_started_and_read_back()
    {
        Assert.IsNull(await Timers().SetAsync(Id, At, Command, CancellationToken.None));
        CollectionAssert.AreEqual(
            new[]
            {
                "daemon-reload", $"enable companion-end-{Id}.timer", $"restart companion-end-{Id}.timer",
                $"show companion-end-{Id}.timer --property=NextElapseUSecRealtime --value",
            },
            _calls);
        var timer = File.ReadAllText(Unit("timer"));
        StringAssert.Contains(timer, "\nOnCalendar=2026-10-25 01:30:01 UTC\nPersistent=true\n");
        StringAssert.Contains(timer, "\nWantedBy=timers.target\n");
        StringAssert.Contains(
            File.ReadAllText(Unit("service")),
            $$"""

            ExecStart="/opt/a b/100%%/companion-server" "--end-lease" "{{Id}}" "--storagePath" "/home/$$USER/\"x\\y\""

            """);
    }

    [TestMethod]
    [DataRow("daemon-reload", 1, "Failed to connect to bus: No medium found\nmore", "systemctl: Failed to connect to bus: No medium found")]
    [DataRow("enable", 1, "", "systemctl failed with 1")]
    [DataRow("restart", 127, "No such file or directory", "systemctl: No such file or directory")]
    [DataRow("show", 0, "\n", "systemd doesn't report the timer's time")]
    [DataRow("show", 0, "Sun 2026-10-25 00:30:01 UTC\n", "systemd doesn't report the timer's time")]
    [DataRow("show", 1, "Sun 2026-10-25 01:30:01 UTC\n", "systemd doesn't report the timer's time")]
    public async Task What_fails_is_reported(string call, int exitCode, string output, string reason)
    {
        _answers[call] = new(exitCode, output);
        Assert.AreEqual(reason, await Timers().SetAsync(Id, At, Command, CancellationToken.None));
    }

    [TestMethod]
    public async Task A_path_that_a_unit_cannot_have_is_reported()
    {
        StringAssert.Contains(await Timers().SetAsync(Id, At, ["/opt/a\nExecStart=/bin/b"], CancellationToken.None), "control character");
        Assert.IsEmpty(_calls);
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_written_is_reported()
    {
        File.WriteAllText(_home[".config"], "");
        Assert.IsNotNull(await Timers().SetAsync(Id, At, Command, CancellationToken.None));
        Assert.IsEmpty(_calls);
    }

    [TestMethod]
    public async Task A_timer_is_removed_with_its_files()
    {
        _variables["XDG_CONFIG_HOME"] = _home["config"];
        await Timers().SetAsync(Id, At, Command, CancellationToken.None);
        Assert.IsTrue(File.Exists(_home[$"config/systemd/user/companion-end-{Id}.timer"]));
        _calls.Clear();
        await Timers().RemoveAsync(Id, CancellationToken.None);
        CollectionAssert.AreEqual(new[] { $"disable --now companion-end-{Id}.timer", "daemon-reload" }, _calls);
        Assert.IsEmpty(Directory.GetFiles(_home["config/systemd/user"]));
        _calls.Clear();
        await Timers().RemoveAsync(Id, CancellationToken.None);
        Assert.IsEmpty(_calls);
    }

    [TestMethod]
    public async Task Only_a_running_manager_can_keep_an_end()
    {
        Assert.IsNull(await Timers().FindObstacleAsync(CancellationToken.None));
        _answers["show-environment"] = new(1, "Failed to connect to bus");
        Assert.AreEqual("systemctl: Failed to connect to bus", await Timers().FindObstacleAsync(CancellationToken.None));
    }

    [TestMethod]
    [DataRow("FIREWORKS_API_KEY", true)]
    [DataRow("FIREWORKS_API", false)]
    [DataRow("EMPTY", false)]
    [DataRow("OTHER", false)]
    public async Task The_variables_of_services_are_known(string name, bool isThere) =>
        Assert.AreEqual(isThere, await Timers().HasVariableAsync(name, CancellationToken.None));

    public void Dispose() => _home.Dispose();

    private SystemdTimers Timers()
    {
        var environment = new Mock<IProcessEnvironment>();
        environment.Setup(e => e.HomeDirectory).Returns(_home.Path);
        environment.Setup(e => e.GetVariable(It.IsAny<string>())).Returns((string name) => _variables.GetValueOrDefault(name));
        return new SystemdTimers(environment.Object, (args, _) =>
        {
            _calls.Add(string.Join(' ', args));
            return Task.FromResult(_answers.GetValueOrDefault(args[0]));
        });
    }

    private string Unit(string kind) => _home[$".config/systemd/user/companion-end-{Id}.{kind}"];
}
