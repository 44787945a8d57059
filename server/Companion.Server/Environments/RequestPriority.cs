namespace Companion.Server.Environments;

/// <summary>
/// What a request is for. The value is how many requests may go out within a minute, this one included, while the account's limit of 10
/// applies: less important requests leave room for more important ones.
/// </summary>
internal enum RequestPriority
{
    /// <summary>A look that is repeated until something happens.</summary>
    Poll = 6,

    /// <summary>A question of the client.</summary>
    Question = 8,

    /// <summary>A look that decides what becomes of a change.</summary>
    ChangeLook = 9,

    /// <summary>A change.</summary>
    Change = 10,
}
