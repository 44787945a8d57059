using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Companion.Gateway.Credentials;
using Moq;

namespace Companion.Gateway.Tests.Credentials;

[TestClass]
public sealed class AuthFileTests : IDisposable
{
    private const string Old = "fw_test_old000000000";
    private const string Older = "fw_test_older0000000";
    private const string New = "fw_test_new000000000";
    private const string Both = $"api_key = {New}\naccount_id = acme";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _root = Directory.CreateTempSubdirectory("companion-test-").FullName;
    private readonly Mock<IProcessEnvironment> _environment = new();

    public AuthFileTests()
    {
        Directory.CreateDirectory(Home);
        _environment.Setup(e => e.HomeDirectory).Returns(Home);
    }

    private string Home => Path.Combine(_root, "home");

    private string Folder => Path.Combine(Home, ".fireworks");

    private string IniPath => Path.Combine(Folder, "auth.ini");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [TestMethod]
    [DataRow(null, $"{Both}\n")]
    [DataRow("", $"{Both}\n")]
    [DataRow("\n", $"\n{Both}\n")]
    [DataRow($"{Both}\n", $"{Both}\n")]
    [DataRow($"account_id = initech\napi_key = {Old}\nissuer_url = https://id.example\n", $"account_id = acme\napi_key = {New}\nissuer_url = https://id.example\n")]
    [DataRow($"api_key={Old}\r\n\r\naccount_id=initech\r\n", $"api_key={New}\r\n\r\naccount_id=acme\r\n")]
    [DataRow($"api_key={Old}\r\nother = 1", $"api_key={New}\r\naccount_id = acme\r\nother = 1")]
    [DataRow("region = us\r\nother = 1", $"region = us\r\nother = 1\r\napi_key = {New}\r\naccount_id = acme")]
    [DataRow($"api_key = {Old}", Both)]
    [DataRow($"# mine\n; api_key = {Old}\n\n", $"# mine\n; api_key = {Old}\n\n{Both}\n")]
    [DataRow("# mine", $"# mine\n{Both}")]
    [DataRow($"api_key {Old}\n", $"api_key {Old}\n{Both}\n")]
    [DataRow($"# mine\n[other]\napi_key = {Old}\n", $"{Both}\n# mine\n[other]\napi_key = {Old}\n")]
    [DataRow("[fireworks]\nregion = us\n\n# mine\n[other]\nregion = eu\n", $"[fireworks]\nregion = us\n{Both}\n\n# mine\n[other]\nregion = eu\n")]
    [DataRow("[ Default ]\n\n[other]\n", $"[ Default ]\n{Both}\n\n[other]\n")]
    [DataRow($"[other]\naccount_id = initech\n[fireworks]\nAPI_KEY : {Old}\n", $"[other]\naccount_id = initech\n[fireworks]\nAPI_KEY : {New}\naccount_id = acme\n")]
    [DataRow("account_id = initech\n[fireworks]\nregion = us\n", $"account_id = acme\napi_key = {New}\n[fireworks]\nregion = us\n")]
    [DataRow($"  export api_key=\"{Old}\"  # mine\naccount_id: 'initech';mine\n", $"  export api_key=\"{New}\"  # mine\naccount_id: 'acme';mine\n")]
    [DataRow($"api_key = {Older}\n[fireworks]\napi_key = {Old}\napi_key = ''\n", $"api_key = {Older}\n[fireworks]\napi_key = {New}\naccount_id = acme\napi_key = ''\n")]
    [DataRow("api_key = \naccount_id = # which?\n", $"api_key = {New}\naccount_id = acme # which?\n")]
    [DataRow("api_key = your key here\naccount_id = \"\"\n", $"api_key = {New}\naccount_id = \"acme\"\n")]
    [DataRow($"api_key = \"{Old}\naccount_id = accounts/acme/\n", $"api_key = \"{New}\"\naccount_id = acme\n")]
    public void A_key_is_stored_where_it_is_read_and_everything_else_is_kept(string? before, string after)
    {
        foreach (var encoding in new Encoding[] { Utf8, Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            if (before is not null)
                Write(before, encoding);
            Find().Store(New, "acme");
            CollectionAssert.AreEqual(Bytes(after, before is null ? Utf8 : encoding), File.ReadAllBytes(IniPath), encoding.EncodingName);
            Assert.AreEqual(new Credential(New, "acme", CredentialSource.File, IniPath), new CredentialSources(_environment.Object).Find().Credential);
            CollectionAssert.AreEqual(new[] { IniPath }, Directory.GetFiles(Folder));
        }
    }

    [TestMethod]
    [DataRow($"{Both}\n", "account_id = acme\n")]
    [DataRow($"# mine\r\naccount_id = acme\r\napi_key = {Old}", "# mine\r\naccount_id = acme\r\n")]
    [DataRow($"api_key = {Older}\n[fireworks]\nexport API_KEY: '{Old}' # mine\napi_key =\n", "[fireworks]\napi_key =\n")]
    [DataRow($"[other]\napi_key = {Old}\n[default]\napi_key = your key here\n", $"[other]\napi_key = {Old}\n[default]\n")]
    public void A_key_is_removed_and_everything_else_is_kept(string before, string after)
    {
        Write(before, Utf8);
        Assert.IsTrue(Find().RemoveKey());
        Assert.AreEqual(after, File.ReadAllText(IniPath));
        Assert.IsFalse(Find().RemoveKey());
        Assert.AreEqual(after, File.ReadAllText(IniPath));
        CollectionAssert.AreEqual(new[] { IniPath }, Directory.GetFiles(Folder));
    }

    [TestMethod]
    public void Without_a_file_there_is_no_key_to_remove()
    {
        Assert.IsFalse(Find().RemoveKey());
        Assert.IsFalse(Directory.Exists(Folder));
    }

    [TestMethod]
    public void A_byte_in_another_encoding_is_kept()
    {
        Write("", Utf8);
        File.WriteAllBytes(IniPath, [.. "# M"u8, 0xFC, .. "ller\n"u8]);
        Find().Store(New, "acme");
        CollectionAssert.AreEqual((byte[])[.. "# M"u8, 0xFC, .. Bytes($"ller\n{Both}\n", Utf8)], File.ReadAllBytes(IniPath));
    }

    [TestMethod]
    [DataRow("#0123456789", "\"#0123456789\"")]
    [DataRow("#01234\"6789", "'#01234\"6789'")]
    [DataRow("01234#6789", "01234#6789")]
    [DataRow("0=1:2[3]%4", "0=1:2[3]%4")]
    public void A_key_is_quoted_if_it_has_to_be(string apiKey, string written)
    {
        Find().Store(apiKey, "acme");
        Assert.AreEqual($"api_key = {written}\naccount_id = acme\n", File.ReadAllText(IniPath));
        Assert.AreEqual(apiKey, Find().Credential!.ApiKey);
    }

    [TestMethod]
    [DataRow($"api_key = {Old}\naccount_id = accounts/initech\n", Old, null, "initech", 0)]
    [DataRow($"api_key = {Old}\n", Old, null, null, 0)]
    [DataRow("account_id = initech\n", null, null, "initech", 0)]
    [DataRow($"account_id = {Old}\n", null, null, null, 1)]
    [DataRow("api_key = your key here\naccount_id = initech\n", null, ApiKeyFaultKind.Space, "initech", 0)]
    [DataRow($"[other]\napi_key = {Old}\n", null, ApiKeyFaultKind.OtherSection, null, 0)]
    [DataRow("", null, null, null, 0)]
    public void What_is_in_the_file_is_known_before_it_is_changed(string content, string? apiKey, ApiKeyFaultKind? fault, string? accountId, int warnings)
    {
        Write(content, Utf8);
        var file = Find();
        Assert.AreEqual(IniPath, file.Path);
        Assert.AreEqual(apiKey, file.Credential?.ApiKey);
        Assert.AreEqual(fault, file.Unusable?.Fault.Kind);
        Assert.AreEqual(accountId, file.AccountId);
        Assert.HasCount(warnings, file.Warnings);
        Assert.IsFalse(file.Warnings.Any(static warning => warning.Contains(Old, StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("FIREWORKS_PROFILE", "work", ".fireworks/profiles/work/auth.ini", 0)]
    [DataRow("FIREWORKS_PROFILE", "../work", ".fireworks/auth.ini", 1)]
    [DataRow("FIREWORKS_AUTH_FILE", "~/named.ini", "named.ini", 0)]
    [DataRow("FIREWORKS_AUTH_FILE", "~/a/b/named.ini", "a/b/named.ini", 0)]
    public void The_file_that_is_read_is_written(string variable, string value, string path, int warnings)
    {
        Set(variable, value);
        var file = Find();
        Assert.HasCount(warnings, file.Warnings);
        file.Store(New, "acme");
        Assert.AreEqual($"{Both}\n", File.ReadAllText(Path.Combine(Home, path)));
        Assert.AreEqual(New, new CredentialSources(_environment.Object).Find().Credential!.ApiKey);
    }

    [TestMethod]
    [DataRow(null, null, "There's no home folder.")]
    [DataRow("relative", null, "(HOME) isn't an absolute path")]
    [DataRow("relative", "~/auth.ini", "FIREWORKS_AUTH_FILE isn't an absolute path")]
    [DataRow(null, "auth.ini", "FIREWORKS_AUTH_FILE isn't an absolute path")]
    public void Without_a_place_for_the_file_there_is_a_reason(string? home, string? file, string reason)
    {
        _environment.Setup(e => e.HomeDirectory).Returns(home);
        Set("FIREWORKS_AUTH_FILE", file);
        Assert.Contains(reason, Refusal(() => Find()));
    }

    [TestMethod]
    public void A_home_folder_is_not_needed_for_a_specified_file()
    {
        _environment.Setup(e => e.HomeDirectory).Returns((string?)null);
        Set("FIREWORKS_AUTH_FILE", IniPath);
        Find().Store(New, "acme");
        Assert.AreEqual($"{Both}\n", File.ReadAllText(IniPath));
    }

    [TestMethod]
    [DataRow($"api_key = {Old}\0", "isn't a text file")]
    [DataRow($"api_key = {Old}\raccount_id = initech", "has line breaks that are neither LF nor CRLF")]
    [DataRow($"api_key = {Old}\nregion = us\rother = 1\n", "has line breaks that are neither LF nor CRLF")]
    public void A_file_that_is_not_understood_is_not_changed(string content, string reason)
    {
        Write(content, Utf8);
        Assert.Contains(reason, Refusal(() => Find().Store(New, "acme")));
        Assert.Contains(reason, Refusal(() => Find().RemoveKey()));
        Assert.AreEqual(content, File.ReadAllText(IniPath));
    }

    [TestMethod]
    public void A_file_that_would_not_be_read_is_not_written()
    {
        var full = new string('#', 64 * 1024);
        Write(full, Utf8);
        Assert.Contains("larger than 64 KiB", Refusal(() => Find().Store(New, "acme")));
        Assert.AreEqual(full, File.ReadAllText(IniPath));

        Write($"{full}#", Utf8);
        Assert.Contains("larger than 64 KiB", Refusal(() => Find()));

        Write("", Utf8);
        Assert.DoesNotContain("#0'1\"2", Refusal(() => Find().Store("#0'1\"2", "acme")));
        Assert.AreEqual("", File.ReadAllText(IniPath));
        CollectionAssert.AreEqual(new[] { IniPath }, Directory.GetFiles(Folder));
    }

    [TestMethod]
    [DataRow($"{New}\nother = 1", "acme")]
    [DataRow($"\"{New}\"", "acme")]
    [DataRow("", "acme")]
    [DataRow(New, "")]
    [DataRow(New, "accounts/acme")]
    [DataRow(New, "acme\nother = 1")]
    [DataRow(New, $"{Old}")]
    public void An_invalid_key_or_account_is_not_stored(string apiKey, string accountId)
    {
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => Find().Store(apiKey, accountId));
        Assert.DoesNotContain("fw_test", refusal.Message);
        Assert.IsFalse(Directory.Exists(Folder));
    }

    [TestMethod]
    [DataRow($"api_key = {Old}\n", $"api_key = {Older}\n")]
    [DataRow($"api_key = {Old}\n", null)]
    [DataRow($"api_key = {Old}\n", "")]
    [DataRow(null, $"api_key = {Older}\n")]
    [DataRow(null, "")]
    public void What_another_program_writes_meanwhile_is_kept(string? before, string? meanwhile)
    {
        Put(before);
        var (toStore, toRemove) = (Find(), Find());
        Put(meanwhile);
        Assert.Contains("was changed by another program meanwhile", Refusal(() => toStore.Store(New, "acme")));
        if (before is not null)
            Assert.Contains("was changed by another program meanwhile", Refusal(() => toRemove.RemoveKey()));
        Assert.AreEqual(meanwhile, File.Exists(IniPath) ? File.ReadAllText(IniPath) : null);
        CollectionAssert.AreEqual(meanwhile is null ? [] : new[] { IniPath }, Directory.GetFiles(Folder));
    }

    [TestMethod]
    public void Of_many_processes_at_once_one_stores_its_key_and_the_others_fail()
    {
        Write("# mine\n", Utf8);
        var files = Enumerable.Range(0, 20).Select(_ => Find()).ToArray();
        var stored = 0;
        var threads = files.Select((file, index) => new Thread(() =>
        {
            try
            {
                file.Store($"{New}{index}", "acme");
                Interlocked.Increment(ref stored);
            }
            catch (AuthFileException)
            {
                // as it should
            }
        })).ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.AreEqual(1, stored);
        Assert.StartsWith($"# mine\napi_key = {New}", File.ReadAllText(IniPath));
        CollectionAssert.AreEqual(new[] { IniPath }, Directory.GetFiles(Folder));
    }

    [TestMethod]
    public void A_file_that_was_left_behind_is_named_and_kept()
    {
        Write($"api_key = {Old}\n", Utf8);
        File.WriteAllText($"{IniPath}.new", "half");
        Assert.Contains($"{IniPath}.new exists", Refusal(() => Find().Store(New, "acme")));
        Assert.Contains($"{IniPath}.new exists", Refusal(() => Find().RemoveKey()));
        Assert.AreEqual($"api_key = {Old}\n", File.ReadAllText(IniPath));
        Assert.AreEqual("half", File.ReadAllText($"{IniPath}.new"));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Only_this_user_can_access_the_key()
    {
        const UnixFileMode Everyone = (UnixFileMode)0b111_101_101;
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Set("FIREWORKS_PROFILE", "work");
        Find().Store(New, "acme");
        foreach (var folder in (string[])["", "profiles", "profiles/work"])
            Assert.AreEqual(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(Folder, folder)));
        Assert.AreEqual(OwnerOnly, File.GetUnixFileMode(Path.Combine(Folder, "profiles", "work", "auth.ini")));

        Set("FIREWORKS_PROFILE", null);
        Write("", Utf8);
        File.SetUnixFileMode(Folder, Everyone);
        File.SetUnixFileMode(IniPath, Everyone);
        Assert.IsFalse(Find().RemoveKey());
        Assert.AreEqual(Everyone, File.GetUnixFileMode(IniPath));
        Find().Store(New, "acme");
        Assert.AreEqual(OwnerOnly, File.GetUnixFileMode(IniPath));
        Assert.AreEqual(Everyone, File.GetUnixFileMode(Folder)); // other programs use it, too

        File.SetUnixFileMode(IniPath, Everyone);
        Assert.IsTrue(Find().RemoveKey());
        Assert.AreEqual(OwnerOnly, File.GetUnixFileMode(IniPath));
    }

    [TestMethod]
    [DataRow(".fireworks")]
    [DataRow(".fireworks/profiles")]
    [DataRow(".fireworks/profiles/work")]
    [DataRow(".fireworks/profiles/work/auth.ini")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_link_between_the_home_folder_and_the_file_is_refused(string link)
    {
        Set("FIREWORKS_PROFILE", "work");
        Find().Store(Old, "initech");
        var path = Path.Combine(Home, link);
        var target = Path.Combine(_root, "target");
        Directory.Move(path, target);
        File.CreateSymbolicLink(path, target);
        RefuseBoth($"{path} is a link");

        File.Delete(path);
        File.CreateSymbolicLink(path, Path.Combine(_root, "nowhere"));
        RefuseBoth($"{path} is a link");
        Assert.IsFalse(Path.Exists(Path.Combine(_root, "nowhere")));

        File.Delete(path);
        Directory.Move(target, path);
        Assert.AreEqual(Old, Find().Credential!.ApiKey);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_link_that_appears_later_is_refused()
    {
        var target = Directory.CreateDirectory(Path.Combine(_root, "target")).FullName;
        Set("FIREWORKS_PROFILE", "work");
        var file = Find();
        Directory.CreateSymbolicLink(Folder, target);
        Assert.Contains($"{Folder} is a link", Refusal(() => file.Store(New, "acme")));
        Assert.IsEmpty(Directory.GetFileSystemEntries(target));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Only_the_home_folder_and_folders_above_a_specified_one_can_be_links()
    {
        var link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, Home);
        _environment.Setup(e => e.HomeDirectory).Returns($"{link}/");
        Find().Store(Old, "acme");
        Assert.AreEqual(Old, Find().Credential!.ApiKey);

        _environment.Setup(e => e.HomeDirectory).Returns(Path.Combine(_root, "elsewhere"));
        Set("FIREWORKS_AUTH_FILE", Path.Combine(link, ".fireworks", "auth.ini"));
        Find().Store(New, "acme");
        Assert.AreEqual($"{Both}\n", File.ReadAllText(IniPath));

        Set("FIREWORKS_AUTH_FILE", Path.Combine(link, "auth.ini"));
        RefuseBoth($"{link} is a link");
    }

    [TestMethod]
    [DataRow("folder")]
    [DataRow("pipe")]
    [DataRow("device")]
    [DataRow("trailing slash")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Only_a_regular_file_is_used(string kind)
    {
        var path = Path.Combine(Home, "named.ini");
        if (kind == "folder")
            Directory.CreateDirectory(path);
        else if (kind == "pipe")
            Process.Start("mkfifo", [path]).WaitForExit();
        else
            path = kind == "device" ? "/dev/null" : $"{path}/";
        Set("FIREWORKS_AUTH_FILE", path);
        RefuseBoth($"{path} isn't a regular file.");
        if (kind == "trailing slash")
            Assert.IsFalse(Path.Exists(path));
    }

    [TestMethod]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        File.WriteAllText(Folder, "");
        RefuseBoth($"{Folder} isn't a folder.");
        Assert.AreEqual("", File.ReadAllText(Folder));
    }

    [TestMethod]
    [DataRow("the folder")]
    [DataRow("the file")]
    [OSCondition(OperatingSystems.Linux)] // a link leads to it on macOS
    public void What_belongs_to_another_user_is_refused(string what)
    {
        Write($"api_key = {Old}\n", Utf8);
        var path = what == "the file" ? IniPath : Folder;
        if (Environment.IsPrivilegedProcess)
            Process.Start("chown", ["12345", path]).WaitForExit();
        else if (what == "the file")
            Set("FIREWORKS_AUTH_FILE", path = "/etc/passwd");
        else
            return; // only root can give a folder away
        RefuseBoth($"{path} belongs to another user.");
    }

    private AuthFile Find() => AuthFile.Find(_environment.Object);

    private void RefuseBoth(string reason)
    {
        Assert.Contains(reason, Refusal(() => Find().Store(New, "acme")));
        Assert.Contains(reason, Refusal(() => Find().RemoveKey()));
    }

    private static string Refusal(Action action)
    {
        var message = Assert.ThrowsExactly<AuthFileException>(action).Message;
        Assert.DoesNotContain("fw_test", message);
        return message;
    }

    private void Put(string? content)
    {
        File.Delete(Directory.Exists(Folder) ? IniPath : Path.Combine(Home, "nothing"));
        if (content is not null)
            Write(content, Utf8);
        else
            Directory.CreateDirectory(Folder);
    }

    private void Write(string content, Encoding encoding)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(IniPath, Bytes(content, encoding));
    }

    private static byte[] Bytes(string text, Encoding encoding) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    private void Set(string variable, string? value) => _environment.Setup(e => e.GetVariable(variable)).Returns(value);
}
