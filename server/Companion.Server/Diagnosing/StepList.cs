using Companion.Protocol;
using Companion.Server.Language;

namespace Companion.Server.Diagnosing;

/// <summary>The steps of a diagnosis in progress.</summary>
internal sealed class StepList(Phrases phrases, TimeProvider time)
{
    private readonly List<DiagnosisStep> _steps = [];
    private long _began = time.GetTimestamp();

    public Phrases Phrases => phrases;

    public IReadOnlyList<DiagnosisStep> Steps => _steps;

    /// <summary>True if any step has failed.</summary>
    public bool HasFailed => _steps.Exists(static step => step.Verdict == StepVerdicts.Failed);

    /// <summary>Starts timing the next step.</summary>
    public void Begin() => _began = time.GetTimestamp();

    /// <summary>Adds a step that succeeded.</summary>
    public void Ok(string id, string message, TimeSpan? took = null) => Add(id, StepVerdicts.Ok, message, null, null, took);

    /// <summary>Adds a step that works but needs attention.</summary>
    public void Warn(string id, string message, string? fix = null, string? detail = null, TimeSpan? took = null) =>
        Add(id, StepVerdicts.Warning, message, fix, detail, took);

    /// <summary>Adds a step that failed.</summary>
    public void Fail(string id, string message, string? fix = null, string? detail = null, TimeSpan? took = null) =>
        Add(id, StepVerdicts.Failed, message, fix, detail, took);

    /// <summary>Adds a step that has nothing to check.</summary>
    public void Skip(string id, string message) => Add(id, StepVerdicts.Skipped, message, null, null, TimeSpan.Zero);

    /// <summary>Adds steps that an earlier failure makes pointless.</summary>
    public void SkipRest(params ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
            Skip(id, phrases.NotChecked);
    }

    private void Add(string id, string verdict, string message, string? fix, string? detail, TimeSpan? took)
    {
        _steps.Add(new DiagnosisStep
        {
            Id = id,
            Verdict = verdict,
            Milliseconds = (int)Math.Clamp(Math.Ceiling((took ?? time.GetElapsedTime(_began)).TotalMilliseconds), 0, int.MaxValue),
            Message = message,
            Detail = detail,
            Fix = fix,
        });
        Begin();
    }
}
