using System.Text;
using Companion.Gateway.Credentials;
using Moq;

namespace Companion.Gateway.Tests.Credentials;

[TestClass]
public sealed class CredentialSourcesTests : IDisposable
{
    private const string EnvironmentKey = "fw_test_environment0";
    private const string FileKey = "fw_test_file00000000";
    private const string ProfileKey = "fw_test_profile00000";
    private const string NamedKey = "fw_test_named0000000";

    private readonly string _home = Directory.CreateTempSubdirectory("companion-test-").FullName;
    private readonly Mock<IProcessEnvironment> _environment = new();

    public CredentialSourcesTests() => _environment.Setup(e => e.HomeDirectory).Returns(_home);

    private string AuthFile => Path.Combine(_home, ".fireworks", "auth.ini");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [TestMethod]
    public void Without_credentials_there_is_no_warning()
    {
        var found = Find();
        Assert.IsNull(found.Credential);
        Assert.IsNull(found.AccountId);
        Assert.IsEmpty(found.Warnings);
    }

    [TestMethod]
    public void The_environment_takes_precedence_over_the_file()
    {
        Set("FIREWORKS_API_KEY", EnvironmentKey);
        Write("auth.ini", $"api_key = {FileKey}\naccount_id = from-file");
        var found = Find();
        Assert.AreEqual(new Credential(EnvironmentKey, null, CredentialSource.Environment, "FIREWORKS_API_KEY"), found.Credential);
        Assert.AreEqual(new FoundValue("from-file", CredentialSource.File, AuthFile), found.AccountId);
    }

    [TestMethod]
    public void The_file_is_used_if_the_environment_has_no_key()
    {
        Set("FIREWORKS_API_KEY", "  ");
        Write("auth.ini", $"api_key = {FileKey}\naccount_id = from-file");
        Assert.AreEqual(new Credential(FileKey, "from-file", CredentialSource.File, AuthFile), Find().Credential);
    }

    [TestMethod]
    public void A_key_and_an_account_from_the_same_source_belong_together()
    {
        Set("FIREWORKS_API_KEY", EnvironmentKey);
        Set("FIREWORKS_ACCOUNT_ID", "from-environment");
        Write("auth.ini", $"account_id = from-file\napi_key={FileKey}");
        var found = Find();
        Assert.AreEqual("from-environment", found.Credential!.AccountId);
        Assert.AreEqual(new FoundValue("from-environment", CredentialSource.Environment, "FIREWORKS_ACCOUNT_ID"), found.AccountId);
    }

    [TestMethod]
    public void A_key_is_never_paired_with_the_account_from_another_source()
    {
        Write("auth.ini", $"api_key = {FileKey}");
        Write("settings.ini", "account_id = from-settings");
        var inFiles = Find();
        Assert.AreEqual(new Credential(FileKey, null, CredentialSource.File, AuthFile), inFiles.Credential);
        Assert.AreEqual("from-settings", inFiles.AccountId!.Value);

        Set("FIREWORKS_ACCOUNT_ID", "from-environment");
        Assert.AreEqual(new Credential(FileKey, null, CredentialSource.File, AuthFile), Find().Credential);

        Set("FIREWORKS_ACCOUNT_ID", "");
        Set("FIREWORKS_PROFILE", "work");
        Write("profiles/work/auth.ini", $"api_key = {ProfileKey}");
        var inProfile = Find();
        Assert.AreEqual((ProfileKey, null), (inProfile.Credential!.ApiKey, inProfile.Credential.AccountId));
        Assert.IsNull(inProfile.AccountId);

        Set("FIREWORKS_ACCOUNT_ID", "from-environment");
        Set("FIREWORKS_API_KEY", EnvironmentKey);
        Write("profiles/work/auth.ini", "account_id = from-profile");
        var split = Find();
        Assert.AreEqual(new Credential(EnvironmentKey, "from-environment", CredentialSource.Environment, "FIREWORKS_API_KEY"), split.Credential);
        Assert.AreEqual("from-profile", split.AccountId!.Value);
    }

    [TestMethod]
    public void A_file_of_64_KiB_is_read()
    {
        var text = $"api_key = {FileKey}\n#";
        Write("auth.ini", text.PadRight(64 * 1024, '#'));
        Assert.AreEqual(FileKey, Find().Credential!.ApiKey);
        Assert.IsEmpty(Find().Warnings);
    }

    [TestMethod]
    [DataRow("~/named.ini")]
    [DataRow("~\\named.ini")]
    [DataRow(" '~/named.ini' ")]
    public void A_specified_file_can_be_in_the_home_folder(string text)
    {
        Set("FIREWORKS_AUTH_FILE", text);
        Write("../named.ini", $"api_key = {NamedKey}");
        Assert.AreEqual(NamedKey, Find().Credential!.ApiKey);
    }

    [TestMethod]
    public void A_specified_profile_takes_precedence_over_the_environment()
    {
        Set("FIREWORKS_API_KEY", EnvironmentKey);
        Set("FIREWORKS_ACCOUNT_ID", "from-environment");
        Set("FIREWORKS_PROFILE", "work");
        Write("auth.ini", $"api_key = {FileKey}");
        Write("profiles/work/auth.ini", $"api_key = {ProfileKey}\naccount_id = from-profile");
        var found = Find();
        Assert.AreEqual(
            new Credential(ProfileKey, "from-profile", CredentialSource.File, Path.Combine(_home, ".fireworks", "profiles", "work", "auth.ini")),
            found.Credential);
        Assert.AreEqual("from-profile", found.AccountId!.Value);
    }

    [TestMethod]
    public void A_specified_file_takes_precedence_over_the_profile()
    {
        Set("FIREWORKS_API_KEY", EnvironmentKey);
        Set("FIREWORKS_PROFILE", "work");
        Set("FIREWORKS_AUTH_FILE", "~/elsewhere.ini");
        Write("profiles/work/auth.ini", $"api_key = {ProfileKey}");
        Write("../elsewhere.ini", $"api_key = {NamedKey}");
        Assert.AreEqual(NamedKey, Find().Credential!.ApiKey);
    }

    [TestMethod]
    [DataRow("FIREWORKS_AUTH_FILE", "~/missing.ini", "doesn't exist")]
    [DataRow("FIREWORKS_AUTH_FILE", "relative.ini", "isn't an absolute path")]
    [DataRow("FIREWORKS_PROFILE", "missing", "doesn't exist")]
    [DataRow("FIREWORKS_PROFILE", "../../etc", "isn't a valid profile name")]
    public void An_unusable_specified_file_is_reported_and_the_environment_is_used(string variable, string value, string warning)
    {
        Set(variable, value);
        Set("FIREWORKS_API_KEY", EnvironmentKey);
        var found = Find();
        Assert.AreEqual(EnvironmentKey, found.Credential!.ApiKey);
        Assert.Contains(warning, found.Warnings.Single());
    }

    [TestMethod]
    [TestCategory("Windows")]
    [OSCondition(OperatingSystems.Windows)]
    [DataRow(@"\\server.invalid\share\auth.ini", true)]
    [DataRow(@"Z:\no-such-folder\auth.ini", true)]
    [DataRow(@"C:auth.ini", false)]
    [DataRow(@"\auth.ini", false)]
    public void A_specified_file_can_be_on_any_drive_or_share(string path, bool isUsed)
    {
        Set("FIREWORKS_AUTH_FILE", path);
        Assert.AreEqual(isUsed ? path : null, AuthFileLocation.Of(_environment.Object, []).AuthFile);
    }

    [TestMethod]
    public void The_account_can_be_in_the_settings_file()
    {
        Write("settings.ini", "account_id = from-settings");
        Assert.AreEqual("from-settings", Find().AccountId!.Value);
        Write("auth.ini", "account_id = from-auth");
        Assert.AreEqual("from-auth", Find().AccountId!.Value);
        Set("FIREWORKS_ACCOUNT_ID", "from-environment");
        Assert.AreEqual("from-environment", Find().AccountId!.Value);
    }

    [TestMethod]
    [DataRow("FIREWORKS_BASE_URL", "FIREWORKS_API_BASE", "FIREWORKS_API_BASE_URL", "FIREWORKS_BASE_URL")]
    [DataRow("FIREWORKS_API_BASE", "FIREWORKS_API_BASE_URL", null, "FIREWORKS_API_BASE")]
    [DataRow("FIREWORKS_API_BASE_URL", null, null, "FIREWORKS_API_BASE_URL")]
    public void The_base_url_is_the_first_of_its_variables(string one, string? two, string? three, string winner)
    {
        foreach (var variable in new[] { one, two, three }.OfType<string>())
            Set(variable, $"https://{variable}.example");
        Assert.AreEqual(
            new FoundValue($"https://{winner}.example", CredentialSource.Environment, winner),
            new CredentialSources(_environment.Object).FindBaseUrl());
    }

    [TestMethod]
    public void Without_a_home_folder_only_the_environment_is_read()
    {
        _environment.Setup(e => e.HomeDirectory).Returns((string?)null);
        Set("FIREWORKS_API_KEY", $"\"{EnvironmentKey}\"");
        Set("FIREWORKS_PROFILE", "work");
        Assert.AreEqual(EnvironmentKey, Find().Credential!.ApiKey);
    }

    [TestMethod]
    [DataRow("your key here")]
    [DataRow("fw_test_\u00e9")]
    public void An_invalid_key_is_reported_without_its_text(string apiKey)
    {
        Set("FIREWORKS_API_KEY", apiKey);
        Write("auth.ini", $"api_key = {apiKey}");
        var found = Find();
        Assert.IsNull(found.Credential);
        Assert.HasCount(2, found.Warnings);
        Assert.StartsWith("FIREWORKS_API_KEY contains a ", $"{found.Unusable}");
        Assert.IsFalse(found.Warnings.Any(warning => warning.Contains(apiKey, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_credential_does_not_print_its_key() =>
        Assert.DoesNotContain("fw_", new Credential(FileKey, "acme", CredentialSource.File, "/x").ToString());

    [TestMethod]
    public void A_key_in_place_of_an_account_is_reported_but_not_shown()
    {
        Set("FIREWORKS_ACCOUNT_ID", EnvironmentKey);
        Write("auth.ini", $"api_key = {FileKey}\naccount_id = {FileKey}");
        var found = Find();
        Assert.AreEqual(new Credential(FileKey, null, CredentialSource.File, AuthFile), found.Credential);
        Assert.IsNull(found.AccountId);
        string[] expected =
        [
            $"account_id in {AuthFile} looks like an API key and is ignored.",
            "FIREWORKS_ACCOUNT_ID looks like an API key and is ignored.",
        ];
        CollectionAssert.AreEqual(expected, found.Warnings.ToArray());
    }

    [TestMethod]
    public void Binary_files_are_reported_without_their_content()
    {
        (string Content, string Warning)[] files =
        [
            ($"api_key = {FileKey}\0", "isn't a text file"),
            (new string('#', 64 * 1024) + $"\napi_key = {FileKey}", "larger than 64 KiB"),
        ];
        foreach (var (content, warning) in files)
        {
            Write("auth.ini", content);
            var found = Find();
            Assert.IsNull(found.Credential);
            Assert.Contains(warning, found.Warnings.Single());
            Assert.DoesNotContain(FileKey, found.Warnings.Single());
        }

        File.WriteAllBytes(AuthFile, [0xff, 0xfe, 0x00, 0xd8]); // half a surrogate pair
        Assert.Contains("isn't a text file", Find().Warnings.Single());
        File.Delete(AuthFile);
        Directory.CreateDirectory(AuthFile);
        Assert.Contains("can't be read", Find().Warnings.Single());
    }

    [TestMethod]
    public void A_file_from_Windows_PowerShell_is_read()
    {
        Write("auth.ini", "");
        File.WriteAllText(AuthFile, $"api_key = {FileKey}\r\n", Encoding.Unicode);
        Assert.AreEqual(FileKey, Find().Credential!.ApiKey);
        File.WriteAllText(AuthFile, $"api_key = {FileKey}\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.AreEqual(FileKey, Find().Credential!.ApiKey);
    }

    [TestMethod]
    public void A_byte_in_another_encoding_does_not_make_the_key_unusable()
    {
        Write("auth.ini", "");
        File.WriteAllBytes(AuthFile, [.. "# M"u8, 0xFC, .. Encoding.UTF8.GetBytes($"ller\napi_key = {FileKey}")]);
        var found = Find();
        Assert.AreEqual(FileKey, found.Credential!.ApiKey);
        Assert.IsEmpty(found.Warnings);
    }

    [TestMethod]
    [DataRow("acme", "acme")]
    [DataRow("accounts/acme", "acme")]
    [DataRow("accounts/acme/", "acme")]
    [DataRow("\"accounts/acme\"", "acme")]
    [DataRow("accounts", "accounts")]
    [DataRow("accounts/", null)]
    [DataRow("accounts/acme/environments/train-a", null)]
    [DataRow("ac\u200bme", null)]
    [DataRow("\ufeffacme", null)]
    [DataRow("accounts/fw_test_0123456789", null)]
    public void An_account_id_can_be_a_resource_name(string text, string? accountId)
    {
        Set("FIREWORKS_ACCOUNT_ID", text);
        var found = Find();
        Assert.AreEqual(accountId, found.AccountId?.Value);
        Assert.HasCount(accountId is null ? 1 : 0, found.Warnings);
        Write("auth.ini", $"account_id = {text}");
        Set("FIREWORKS_ACCOUNT_ID", "");
        Assert.AreEqual(accountId, Find().AccountId?.Value);
    }

    [TestMethod]
    [DoNotParallelize]
    [DataRow("home")]
    [DataRow("./home")]
    [DataRow(".")]
    public void A_relative_home_folder_is_not_searched(string home)
    {
        // The open workspace may contain such a folder.
        var before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = _home;
            Directory.CreateDirectory(Path.Combine(_home, home, ".fireworks"));
            File.WriteAllText(Path.Combine(_home, home, ".fireworks", "auth.ini"), $"api_key = {FileKey}");
            _environment.Setup(e => e.HomeDirectory).Returns(home);
            Set("FIREWORKS_AUTH_FILE", "~/.fireworks/auth.ini");
            Assert.IsNull(Find().Credential);
            Set("FIREWORKS_AUTH_FILE", "");
            var found = Find();
            Assert.IsNull(found.Credential);
            Assert.Contains("isn't an absolute path", found.Warnings.Single());
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [TestMethod]
    [DataRow("[profile work]\napi_key = K", "[profile work]")]
    [DataRow("[work]\nexport API_KEY: 'K'", "[work]")]
    [DataRow("[a]\napi_key = K\n[b]\napi_key = K", "[a]")]
    [DataRow("[fw_test_0123456789]\napi_key = K", "[[redacted]]")]
    public void A_key_in_an_unread_section_is_reported(string text, string section)
    {
        Write("auth.ini", text);
        var found = Find();
        Assert.AreEqual(new UnusableKey(AuthFile, new ApiKeyFault(ApiKeyFaultKind.OtherSection, section)), found.Unusable);
        Assert.Contains(section, found.Warnings.Single());
        Set("FIREWORKS_API_KEY", EnvironmentKey);
        Assert.IsNull(Find().Unusable);
    }

    [TestMethod]
    public void Of_two_unusable_keys_the_one_with_precedence_is_reported()
    {
        Set("FIREWORKS_API_KEY", "Bearer fw_test_environment0");
        Write("auth.ini", "api_key = fw_test_file 00000000");
        Assert.AreEqual("FIREWORKS_API_KEY", Find().Unusable!.Origin);
        Set("FIREWORKS_AUTH_FILE", AuthFile);
        Assert.AreEqual($"api_key in {AuthFile}", Find().Unusable!.Origin);
    }

    [TestMethod]
    [DataRow("api_key=K", "K")]
    [DataRow("export api_key=K", "K")]
    [DataRow("  export   API_KEY = \"K\"", "K")]
    [DataRow("exporting api_key=K", null)]
    [DataRow("api_key: K", "K")]
    [DataRow("  API_KEY  =  K  \r\n", "K")]
    [DataRow("api_key = \"K\"", "K")]
    [DataRow("api_key = 'K' ; work", "K")]
    [DataRow("api_key = \"K # no comment\"", null)]
    [DataRow("api_key = K # comment", "K")]
    [DataRow("api_key = K ; comment", "K")]
    [DataRow("api_key = K#L", "K#L")]
    [DataRow("# api_key = X\n; api_key = Y\napi_key = K", "K")]
    [DataRow("[default]\napi_key = K", "K")]
    [DataRow("[Fireworks]\napi_key = K", "K")]
    [DataRow("[ default ]\napi_key = K", "K")]
    [DataRow("[other]\napi_key = X", null)]
    [DataRow("api_key = K\n[other]\napi_key = X", "K")]
    [DataRow("[broken\napi_key = X", null)]
    [DataRow("api_key = X\napi_key = K", "K")]
    [DataRow("api_key = K\napi_key =", "K")]
    [DataRow("api_key = a=b:c", "a=b:c")]
    [DataRow("api_key", null)]
    [DataRow("= K", null)]
    [DataRow("api_key = \"K", null)]
    [DataRow("", null)]
    public void The_lenient_format_is_read(string text, string? apiKey)
    {
        Write("auth.ini", text);
        Assert.AreEqual(apiKey, Find().Credential?.ApiKey);
    }

    private void Set(string variable, string value) => _environment.Setup(e => e.GetVariable(variable)).Returns(value);

    private void Write(string name, string text)
    {
        var path = Path.GetFullPath(Path.Combine(_home, ".fireworks", name));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(Path.Combine(_home, ".fireworks"));
        File.WriteAllText(path, text);
    }

    private CredentialLookup Find() => new CredentialSources(_environment.Object).Find();
}
