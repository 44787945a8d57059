namespace Companion.Gateway.Credentials;

/// <summary>Why auth.ini can't be used to store a key. The file is as it was.</summary>
/// <param name="message">One or more sentences for the user, without any part of the file's content.</param>
public sealed class AuthFileException(string message) : Exception(message);
