namespace Companion.Server.Pacing;

/// <summary>
/// The purpose of a request. The value is how many requests, including this one, may be sent within a minute while the account's limit of
/// 10 applies. Less important requests leave room for more important ones.
/// </summary>
internal enum RequestPriority
{
    /// <summary>A read that is repeated until something happens.</summary>
    Poll = 6,

    /// <summary>A read that the client requested.</summary>
    Read = 8,

    /// <summary>A read that determines the outcome of a change.</summary>
    ChangeRead = 9,

    /// <summary>A change.</summary>
    Change = 10,
}
