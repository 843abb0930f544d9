namespace ActorScheduler.Containers.Processes.Host;

/// <summary>A user that tasks run as, other than the agent's own.</summary>
/// <param name="Name">The name.</param>
/// <param name="UserId">Its number.</param>
/// <param name="GroupId">Number of its first group.</param>
/// <param name="Home">Its home folder, which need not be there.</param>
internal sealed record HostUser(string Name, uint UserId, uint GroupId, string Home)
{
    /// <summary>Changes the user for good and becomes another program; from util-linux.</summary>
    private static readonly string? Changer = Array.Find(["/usr/bin/setpriv", "/bin/setpriv"], File.Exists);

    /// <summary>Looks a user up; null when there is nothing to change.</summary>
    /// <exception cref="ContainerException">There is none of the name, or it cannot be changed to.</exception>
    public static HostUser? Find(string name, ProcessSettings settings)
    {
        if (name.Length == 0 || !settings.SwitchesUser || !Environment.IsPrivilegedProcess)
            return null;
        if (Kernel.FindUser(name) is not { } found)
            throw new ContainerException($"user '{name}' is unknown on this host");
        if (found.User == Kernel.OwnUser)
            return null;
        return Changer is null
            ? throw new ContainerException($"user '{name}': the host lacks setpriv (util-linux), which runs programs as another user")
            : new HostUser(name, found.User, found.Group, found.Home);
    }

    /// <summary>What to put before a program so that it runs as this user with these variables.</summary>
    public IEnumerable<string> Change() => [Changer!, $"--reuid={UserId}", $"--regid={GroupId}", "--init-groups", "--"];
}
