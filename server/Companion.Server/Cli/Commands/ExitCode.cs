using System.Globalization;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary>The exit codes of the command line.</summary>
internal static class ExitCode
{
    public const int InEffect = 0;
    public const int NotApplied = 1;
    public const int Unknown = 2;
    public const int Refused = 3;
    public const int NotPermitted = 4;
    public const int NoRoom = 5;
    public const int CannotParse = 64; // sysexits.h: EX_USAGE
    public const int Interrupted = 130; // 128 + SIGINT, as shells report it

    /// <summary>Each code with its meaning, as in the help and in docs/cli.md.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Table =
    [
        (InEffect, "Done: the change is in effect, or with --wait accepted, accepted."),
        (NotApplied, "Not applied, not found, or a step of diagnose failed."),
        (Unknown, "Unknown: the gateway couldn't be asked, or the change may still take effect."),
        (Refused, "Refused by Companion before anything was sent."),
        (NotPermitted, "Not signed in, or not permitted."),
        (NoRoom, "No room in the node pool, or too many requests."),
        (CannotParse, "The command line can't be parsed."),
        (Interrupted, "Interrupted. The message says what the gateway still does."),
    ];

    /// <summary>The exit code for an error of the server.</summary>
    public static int Of(ServerException error) => error switch
    {
        { Details.Outcome: Outcomes.Applied } => InEffect,
        { Details.Outcome: Outcomes.Unknown } => Unknown,
        { Details.Refused: true } or { Code: MethodException.InvalidParams } => Refused,
        { Code: (int)GoogleRpcCode.Unauthenticated or (int)GoogleRpcCode.PermissionDenied } => NotPermitted,
        { Code: (int)GoogleRpcCode.ResourceExhausted } => NoRoom,
        { Details.Outcome: Outcomes.NotApplied } or { Code: (int)GoogleRpcCode.NotFound } => NotApplied,
        _ => Unknown,
    };

    /// <summary>The table as text.</summary>
    public static string Describe() => string.Join('\n', Table.Select(static row => string.Create(CultureInfo.InvariantCulture, $"  {row.Code,-5}{row.Meaning}")));
}
