using System.Globalization;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Operators;

/// <summary>A persistent volume.</summary>
/// <param name="AgentId">Where it is.</param>
/// <param name="Hostname">That agent's host.</param>
/// <param name="Id">Unique within the role on the agent.</param>
/// <param name="Role">Whose it is.</param>
/// <param name="SizeMiB">How large.</param>
/// <param name="Principal">Who made it, or null.</param>
/// <param name="ContainerPath">Where containers find it.</param>
/// <param name="Disk">Root of the disk that it lies on; null for the host's root disk.</param>
/// <param name="IsShared">Whether several tasks may use it at once.</param>
/// <param name="State"><c>used</c>, <c>offered</c> or <c>idle</c>.</param>
internal sealed record FoundVolume(
    AgentId AgentId, string Hostname, string Id, string Role, double SizeMiB, string? Principal, string? ContainerPath, string? Disk, bool IsShared, string State)
{
    /// <summary>The columns of people's tables.</summary>
    internal static readonly (string Name, Func<FoundVolume, string> Text)[] Columns =
    [
        ("AGENT", static volume => volume.AgentId.Value),
        ("ID", static volume => volume.Id),
        ("ROLE", static volume => volume.Role),
        ("SIZE MIB", static volume => volume.SizeMiB.ToString("0.###", CultureInfo.InvariantCulture)),
        ("STATE", static volume => volume.State),
        ("PATH", static volume => volume.ContainerPath ?? "-"),
        ("DISK", static volume => volume.Disk ?? "root"),
        ("SHARED", static volume => volume.IsShared ? "yes" : "no"),
        ("PRINCIPAL", static volume => volume.Principal ?? "-"),
    ];
}
