using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Server.Cli.Output;

/// <summary>The standard streams of the command line. Data goes to the output, and everything else to the error stream.</summary>
/// <param name="input">Opens the input when something is asked.</param>
/// <param name="readSecret">Reads a line without showing it. Only if the input is a terminal.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, Func<TextReader> input, Func<string?> readSecret)
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Returns the number of columns.</summary>
    public Func<int> Width { get; init; } = static () => 80;

    /// <summary>Whether text may be styled, and lines overwritten: not with NO_COLOR, with TERM=dumb, or with --no-color.</summary>
    public bool HasStyle { get; set; }

    /// <summary>Nothing but data and errors is written.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Waits a moment, and returns true if the output is closed at the other end.</summary>
    public required Func<bool> WaitForOutputClosed { get; init; }

    /// <summary>Writes a line of data. A closed output isn't an error.</summary>
    public void Print(string line)
    {
        try
        {
            output.WriteLine(line);
            output.Flush();
        }
        catch (IOException)
        {
            _closed.TrySetResult();
        }
    }

    /// <summary>Waits until nobody reads the output any more, as after <c>| head</c>.</summary>
    public Task OutputClosedAsync()
    {
        var watch = new Thread(() =>
        {
            while (!WaitForOutputClosed())
            {
                // it waits
            }

            _closed.TrySetResult();
        })
        { IsBackground = true };
        watch.Start();
        return _closed.Task;
    }

    /// <summary>Writes an object on one line.</summary>
    public void PrintJson<T>(T value, JsonTypeInfo<T> type) => Print(JsonSerializer.Serialize(value, type));

    /// <summary>Writes a line for people that isn't an error.</summary>
    public void Tell(string line)
    {
        if (!IsQuiet)
            Complain(line);
    }

    /// <summary>Writes a line of an error.</summary>
    public void Complain(string line) => WriteError(line + Environment.NewLine);

    /// <summary>Writes text to the error stream as it is.</summary>
    public void WriteError(string text)
    {
        try
        {
            error.Write(text);
            error.Flush();
        }
        catch (IOException)
        {
            // nobody reads it
        }
    }

    /// <summary>Whether there's someone who can answer a question.</summary>
    public bool CanAsk => IsInputTerminal && IsErrorTerminal;

    /// <summary>Asks a question that's answered with yes or no. Without a terminal, the answer is no.</summary>
    public bool Confirm(string question)
    {
        if (!CanAsk)
            return false;
        WriteError($"{question} [y/N] ");
        return input().ReadLine()?.Trim() is "y" or "Y" or "yes" or "Yes";
    }

    /// <summary>Asks for a secret, or reads it from the first line of the input if that's not a terminal.</summary>
    public string? AskSecret(string question)
    {
        if (!IsInputTerminal)
            return input().ReadLine();
        WriteError(question);
        var secret = readSecret();
        WriteError(Environment.NewLine);
        return secret;
    }
}
