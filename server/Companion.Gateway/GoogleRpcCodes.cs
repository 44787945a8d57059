using System.Globalization;

namespace Companion.Gateway;

/// <summary>Converts google.rpc.Code to and from names, numbers, and HTTP statuses.</summary>
public static class GoogleRpcCodes
{
    private static readonly string[] Names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE",
        "DATA_LOSS", "UNAUTHENTICATED",
    ];

    private static readonly int[] HttpStatuses = [200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401];

    /// <summary>Returns the code's official name, such as FAILED_PRECONDITION. UNKNOWN for a number outside 0 to 16.</summary>
    public static string Name(GoogleRpcCode code) => Names[(int)Known(code)];

    /// <summary>Returns the HTTP status that google.rpc assigns to a code. 500 for a number outside 0 to 16.</summary>
    public static int ToHttpStatus(GoogleRpcCode code) => HttpStatuses[(int)Known(code)];

    /// <summary>
    /// Returns the code for an HTTP status whose body has none: google.rpc's table, plus the statuses of proxies, captive portals, and load
    /// balancers.
    /// </summary>
    public static GoogleRpcCode FromHttpStatus(int httpStatus) => httpStatus switch
    {
        >= 200 and < 300 => GoogleRpcCode.Ok,
        400 => GoogleRpcCode.InvalidArgument,
        401 => GoogleRpcCode.Unauthenticated,
        403 => GoogleRpcCode.PermissionDenied,
        404 => GoogleRpcCode.NotFound,
        405 => GoogleRpcCode.Unimplemented,
        407 => GoogleRpcCode.Unavailable, // a proxy requires its own credentials, so signing in to the gateway wouldn't help
        408 => GoogleRpcCode.DeadlineExceeded,
        409 => GoogleRpcCode.Aborted,
        416 => GoogleRpcCode.OutOfRange,
        429 => GoogleRpcCode.ResourceExhausted,
        499 => GoogleRpcCode.Cancelled,
        >= 400 and < 500 => GoogleRpcCode.FailedPrecondition,
        501 => GoogleRpcCode.Unimplemented,
        502 or 503 or 511 => GoogleRpcCode.Unavailable,
        504 => GoogleRpcCode.DeadlineExceeded,
        >= 500 and < 600 => GoogleRpcCode.Internal,
        _ => GoogleRpcCode.Unknown,
    };

    /// <summary>Parses the name of a code (case and underscores don't matter) or its number in digits.</summary>
    /// <param name="text">A name or a number.</param>
    /// <param name="code">The code, or <see cref="GoogleRpcCode.Unknown"/> if parsing fails.</param>
    /// <returns>False if the text is neither a known name nor a number from 0 to 16.</returns>
    public static bool TryParse(string? text, out GoogleRpcCode code)
    {
        code = GoogleRpcCode.Unknown;
        if (string.IsNullOrWhiteSpace(text))
            return false;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return TryParse(number, out code);

        var plain = Plain(text);
        for (var i = 0; i < Names.Length; i++)
        {
            if (Plain(Names[i]) == plain)
            {
                code = (GoogleRpcCode)i;
                return true;
            }
        }

        if (plain != "CANCELED")
            return false;
        code = GoogleRpcCode.Cancelled;
        return true;
    }

    /// <summary>Parses a code's number.</summary>
    /// <param name="code">The code, or <see cref="GoogleRpcCode.Unknown"/> if there's none for the number.</param>
    /// <returns>False if the number isn't from 0 to 16.</returns>
    public static bool TryParse(int number, out GoogleRpcCode code)
    {
        var known = number >= 0 && number < Names.Length;
        code = known ? (GoogleRpcCode)number : GoogleRpcCode.Unknown;
        return known;
    }

    private static GoogleRpcCode Known(GoogleRpcCode code) => TryParse((int)code, out var known) ? known : GoogleRpcCode.Unknown;

    private static string Plain(string name) => name.Trim().Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
