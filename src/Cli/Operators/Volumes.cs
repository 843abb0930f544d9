using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>The persistent volumes of agents: which there are, and what makes or deletes one.</summary>
internal static class Volumes
{
    /// <summary>The volumes of agents, in the agents' order.</summary>
    internal static IReadOnlyList<FoundVolume> Of(params IEnumerable<AgentSummary> agents) =>
    [
        .. from agent in agents
           from resource in agent.Total.PersistentVolumes().Objects()
           select new FoundVolume(
               agent.Info.Id, agent.Info.Hostname, resource.Key.Disk!.Persistence!.Id, resource.Key.Role, FixedPoint.ToDouble(resource.ScalarMilli),
               resource.Key.Disk.Persistence.Principal, resource.Key.Disk.Volume?.ContainerPath, resource.Key.Disk.Source?.Root, resource.Key.IsShared,
               agent.Used[resource.Key].Number > 0 ? "used" : agent.Offered[resource.Key].Number > 0 ? "offered" : "idle"),
    ];

    /// <summary>Makes a volume of disk that is reserved for a role: of the host's root disk when there is enough.</summary>
    /// <param name="idle">What no task uses.</param>
    /// <param name="role">Whose volume.</param>
    /// <param name="id">Its id.</param>
    /// <param name="sizeMilli">Thousandths of MiB.</param>
    /// <param name="path">Where containers find it.</param>
    /// <param name="principal">Who makes it, and has reserved the disk; null when it need not be said.</param>
    internal static Result<Operation> Create(Resources idle, string role, string id, long sizeMilli, string path, string? principal)
    {
        Resource[] reserved =
        [
            .. idle.Objects().Where(part => part.Key.Name == ResourceName.Disk && part.Key.Role == role && !part.Key.IsPersistentVolume && !part.Key.IsRevocable
                && part.Key.ProviderId is null && (principal is null || part.Key.Reservations[^1].Principal is not { } owner || owner == principal)),
        ];
        ResourceKey? disk = reserved.Where(part => part.Key.IsIndivisible ? part.Key.Size == sizeMilli : part.ScalarMilli >= sizeMilli)
            .OrderBy(static part => part.Key.Disk is null ? 0 : 1).Select(static part => part.Key).FirstOrDefault();
        if (disk is null)
        {
            string there = reserved.Length == 0 ? "none are" : $"{string.Join(" and ", reserved.Select(static part => $"{FixedPoint.Format(part.ScalarMilli)} MiB"))} are";
            return new Problem("--size", $"{FixedPoint.Format(sizeMilli)} MiB of one disk have to be idle and reserved for '{role}', {there}; 'asched reserve' reserves disk");
        }
        var info = new DiskInfo(disk.Disk?.Source, new Persistence(id, principal), new Volume(path));
        return new Operation.Create(Resources.From(new Resource(disk.WithDisk(info, isShared: false, sizeMilli), new Amount(1))));
    }

    /// <summary>Deletes a volume and what is in it.</summary>
    /// <param name="agent">Where it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="role">Whose; null when it need not be said.</param>
    internal static Result<Operation> Destroy(AgentSummary agent, string id, string? role)
    {
        Resource[] all = [.. agent.Total.PersistentVolumes().Objects()];
        Resource[] found = [.. all.Where(volume => volume.Key.Disk!.Persistence!.Id == id && (role is null || volume.Key.Role == role))];
        if (found is [var one])
        {
            return agent.Used[one.Key].Number > 0
                ? new Problem("ID", $"volume '{id}' of role '{one.Key.Role}' is in use; end the tasks that use it first ('asched agent show' lists those of its agent)")
                : new Operation.Destroy(Resources.From(one with { Amount = new Amount(1) }));
        }
        if (found.Length > 1)
            return new Problem("--role", $"there are volumes '{id}' of the roles {string.Join(", ", found.Select(static volume => volume.Key.Role))}; say which");
        string[] known = [.. all.Select(static volume => $"{volume.Key.Disk!.Persistence!.Id} of role {volume.Key.Role}")];
        return new Problem("ID", $"there is no volume '{id}'{(role is null ? "" : $" of role '{role}'")} on {agent.Info.Id}, {(known.Length == 0 ? "which has none" : $"which has {string.Join(", ", known)}")}");
    }
}
