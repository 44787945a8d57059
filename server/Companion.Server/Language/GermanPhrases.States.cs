using Companion.Protocol;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string State(string state) => state switch
    {
        EnvironmentStates.Unspecified => "Zustand unbekannt",
        EnvironmentStates.Creating => "Wird erstellt",
        EnvironmentStates.Disconnected => "Getrennt",
        EnvironmentStates.Connecting => "Wird verbunden",
        EnvironmentStates.Connected => "Verbunden",
        EnvironmentStates.Disconnecting => "Wird getrennt",
        EnvironmentStates.Reconnecting => "Wird neu verbunden",
        EnvironmentStates.Deleting => "Wird gelöscht",
        _ => state,
    };

    public override string NodePoolState(string state) => state switch
    {
        "STATE_UNSPECIFIED" => "Zustand unbekannt",
        "CREATING" => "wird erstellt",
        "DELETING" => "wird gelöscht",
        "FAILED" => "fehlgeschlagen",
        _ => state,
    };
}
