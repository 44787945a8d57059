namespace Companion.Sandbox;

/// <summary>The sandbox's own API keys. They open nothing else, and look like keys so that a leak of one is seen.</summary>
public static class SandboxKeys
{
    /// <summary>Opens <see cref="SandboxData.MainAccountId"/>; <c>verifyApiKey</c> names the account.</summary>
    public const string Main = "fw_sandbox_main_0000000000000001";

    /// <summary>Opens <see cref="SandboxData.SecondAccountId"/>; <c>verifyApiKey</c> names the account.</summary>
    public const string Second = "fw_sandbox_second_0000000000000002";

    /// <summary>Opens both accounts; <c>verifyApiKey</c> names none, so that the person has to choose.</summary>
    public const string Both = "fw_sandbox_both_0000000000000003";

    /// <summary>Opens <see cref="SandboxData.SuspendedAccountId"/>, which answers 412 to all but GetAccount.</summary>
    public const string Suspended = "fw_sandbox_suspended_0000000000000004";
}
