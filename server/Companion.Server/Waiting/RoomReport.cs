using Companion.Gateway;
using Companion.Protocol;

namespace Companion.Server.Waiting;

/// <summary>What was read about a node pool, for one who waits for room.</summary>
/// <param name="Usage">Null if it couldn't be read.</param>
/// <param name="Fault">Why it couldn't be read, or null.</param>
/// <param name="HasRoom">True if there is room, which is then reserved among those who wait in this process.</param>
internal sealed record RoomReport(NodePoolUsage? Usage, GatewayException? Fault, bool HasRoom);
