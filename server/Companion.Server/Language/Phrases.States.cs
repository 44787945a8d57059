using Companion.Protocol;

namespace Companion.Server.Language;

// The states of environments, in the words of the status bar.
internal partial class Phrases
{
    /// <summary>A state's word. A state that this version doesn't know keeps the gateway's name.</summary>
    public virtual string State(string state) => state switch
    {
        EnvironmentStates.Unspecified => "State Unknown",
        EnvironmentStates.Creating => "Creating",
        EnvironmentStates.Disconnected => "Disconnected",
        EnvironmentStates.Connecting => "Connecting",
        EnvironmentStates.Connected => "Connected",
        EnvironmentStates.Disconnecting => "Disconnecting",
        EnvironmentStates.Reconnecting => "Reconnecting",
        EnvironmentStates.Deleting => "Deleting",
        _ => state,
    };
}
