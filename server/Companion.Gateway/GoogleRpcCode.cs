namespace Companion.Gateway;

/// <summary>google.rpc.Code. The numbers are the ones used in responses.</summary>
public enum GoogleRpcCode
{
    /// <summary>No error.</summary>
    Ok = 0,

    /// <summary>The caller canceled the operation.</summary>
    Cancelled = 1,

    /// <summary>An unknown error.</summary>
    Unknown = 2,

    /// <summary>The request is invalid, regardless of the system's state.</summary>
    InvalidArgument = 3,

    /// <summary>The time limit expired. The operation may have completed anyway.</summary>
    DeadlineExceeded = 4,

    /// <summary>The resource doesn't exist.</summary>
    NotFound = 5,

    /// <summary>The resource already exists.</summary>
    AlreadyExists = 6,

    /// <summary>The key is valid but doesn't have permission.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a rate limit, or capacity is exhausted.</summary>
    ResourceExhausted = 8,

    /// <summary>The system isn't in the required state.</summary>
    FailedPrecondition = 9,

    /// <summary>Another change interfered.</summary>
    Aborted = 10,

    /// <summary>Outside the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The gateway doesn't offer this call.</summary>
    Unimplemented = 12,

    /// <summary>An internal error of the gateway.</summary>
    Internal = 13,

    /// <summary>The gateway can't be reached or can't respond now.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or damaged.</summary>
    DataLoss = 15,

    /// <summary>The key is missing or invalid.</summary>
    Unauthenticated = 16,
}
