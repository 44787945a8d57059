namespace Companion.Gateway;

/// <summary>google.rpc.Code: the one vocabulary of errors. The numbers are the wire's.</summary>
public enum GoogleRpcCode
{
    /// <summary>No error.</summary>
    Ok = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    /// <summary>An error that nobody could name.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>Time ran out; the operation may have completed all the same.</summary>
    DeadlineExceeded = 4,

    /// <summary>No such resource.</summary>
    NotFound = 5,

    /// <summary>The resource is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The key is known and has no right to this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a rate limit or a pool is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The state of the system forbids it until somebody changes that state.</summary>
    FailedPrecondition = 9,

    /// <summary>Another change came in between.</summary>
    Aborted = 10,

    /// <summary>Past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The gateway does not offer this call.</summary>
    Unimplemented = 12,

    /// <summary>The gateway broke.</summary>
    Internal = 13,

    /// <summary>The gateway cannot be reached or cannot answer now.</summary>
    Unavailable = 14,

    /// <summary>Data are lost or damaged.</summary>
    DataLoss = 15,

    /// <summary>No key, or one that the gateway does not accept.</summary>
    Unauthenticated = 16,
}
