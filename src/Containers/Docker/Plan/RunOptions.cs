using ActorScheduler.Model;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>
/// A task's parameters: options of <c>docker run</c> by name, with or without dashes. What the scheduler itself decides is
/// refused, and so is what is not known.
/// </summary>
internal static class RunOptions
{
    /// <summary>Options that would work against the scheduler, with the reason.</summary>
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["name"] = "the scheduler names containers",
        ["restart"] = "the framework decides about another start",
        ["rm"] = "the agent removes containers",
        ["detach"] = "the agent starts all containers detached",
        ["d"] = "the agent starts all containers detached",
        ["cidfile"] = "the agent keeps the id",
        ["env-file"] = "the file would have to be on the agent's host: give the variables themselves",
        ["label-file"] = "the file would have to be on the agent's host: give the labels themselves",
        ["memory"] = "the task's mem says how much",
        ["m"] = "the task's mem says how much",
        ["cpu-shares"] = "the task's cpus say how much",
        ["c"] = "the task's cpus say how much",
        ["publish"] = "the container's port_mappings say which",
        ["p"] = "the container's port_mappings say which",
        ["publish-all"] = "the container's port_mappings say which",
        ["P"] = "the container's port_mappings say which",
    };

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["e"] = "env", ["h"] = "hostname", ["i"] = "interactive", ["l"] = "label", ["t"] = "tty", ["u"] = "user", ["v"] = "volume", ["w"] = "workdir",
        ["net"] = "network", ["net-alias"] = "network-alias", ["dns-opt"] = "dns-option",
    };

    /// <summary>Applies all, in their order; later ones count more, except that lists grow.</summary>
    /// <exception cref="ContainerException">An option is refused, not known, or has a value that cannot be read.</exception>
    public static void Apply(IReadOnlyList<ContainerParameter> parameters, CreateContainerParameters plan, List<string> environment)
    {
        var target = new RunTarget(plan, environment);
        foreach (ContainerParameter parameter in parameters)
        {
            string name = parameter.Key.TrimStart('-');
            name = ShortNames.GetValueOrDefault(name, name);
            if (Refused.TryGetValue(name, out string? reason))
                throw new ContainerException($"container.parameters: '{parameter.Key}' cannot be set: {reason}");
            if (!RunOptionTable.All.TryGetValue(name, out Action<RunTarget, string>? option))
                throw new ContainerException($"container.parameters: '{parameter.Key}' is not an option of docker run that is known here");
            try
            {
                option(target, parameter.Value);
            }
            catch (FormatException e)
            {
                throw new ContainerException($"container.parameters: '{parameter.Key}': {e.Message}", e);
            }
        }
        target.Finish();
    }
}
