namespace Companion.Sandbox;

/// <summary>The sandbox's API keys. They're invalid elsewhere, and have the format of real keys so that leaks are detected.</summary>
public static class SandboxKeys
{
    /// <summary>For <see cref="SandboxData.MainAccountId"/>. <c>verifyApiKey</c> returns the account.</summary>
    public const string Main = "fw_sandbox_main_0000000000000001";

    /// <summary>For <see cref="SandboxData.SecondAccountId"/>. <c>verifyApiKey</c> returns the account.</summary>
    public const string Second = "fw_sandbox_second_0000000000000002";

    /// <summary>For both accounts. <c>verifyApiKey</c> returns none, so the user has to choose.</summary>
    public const string Both = "fw_sandbox_both_0000000000000003";

    /// <summary>For <see cref="SandboxData.SuspendedAccountId"/>, which returns 412 for everything except GetAccount.</summary>
    public const string Suspended = "fw_sandbox_suspended_0000000000000004";
}
