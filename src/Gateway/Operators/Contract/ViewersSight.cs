using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Gateway.Operators.Contract;

/// <summary>
/// What those who may only look see of an answer: the same, without what opens something else. Of variables and of options of an engine they
/// see the names, of addresses no user, password or query, and of data that only an executor understands nothing. Lines of commands, labels
/// and files of sandboxes are for everybody who may look.
/// </summary>
internal static class ViewersSight
{
    private const string Hidden = "***";

    /// <summary>An answer as they see it.</summary>
    internal static T Of<T>(T answer) => answer switch
    {
        FrameworkSnapshot framework => (T)(object)(framework with { Info = Of(framework.Info), Tasks = [.. framework.Tasks.Select(Of)] }),
        FrameworksSnapshot frameworks => (T)(object)(frameworks with { Frameworks = [.. frameworks.Frameworks.Select(static one => one with { Info = Of(one.Info) })] }),
        _ => answer,
    };

    private static FrameworkInfo? Of(FrameworkInfo? info) => info?.WebUiUrl is { } url ? info with { WebUiUrl = ArtifactAddress.Show(url) } : info;

    private static TaskSummary Of(TaskSummary task) => task with { Task = Of(task.Task), Status = task.Status with { Data = default } };

    private static TaskInfo Of(TaskInfo task) => task with
    {
        Command = Of(task.Command),
        Container = Of(task.Container),
        Executor = task.Executor is { } executor ? executor with { Command = Of(executor.Command), Container = Of(executor.Container) } : null,
        HealthCheck = Of(task.HealthCheck),
        Check = Of(task.Check),
        Data = default,
    };

    private static CommandInfo? Of(CommandInfo? command) => command is null ? null : command with
    {
        Environment = command.Environment?.ToDictionary(static variable => variable.Key, static _ => Hidden),
        Artifacts = command.Artifacts is { } artifacts ? [.. artifacts.Select(static one => one with { Uri = ArtifactAddress.Show(one.Uri) })] : null,
    };

    private static ContainerInfo? Of(ContainerInfo? container) => container?.Parameters is not { } parameters ? container : container with
    {
        // env NAME=VALUE, log-opt splunk-token=..., mount ...,volume-opt=o=password=...: which of them are secret only their engine knows.
        Parameters = [.. parameters.Select(static one => one with { Value = one.Value.IndexOf('=', StringComparison.Ordinal) is var sign and >= 0 ? $"{one.Value[..(sign + 1)]}{Hidden}" : Hidden })],
    };

    private static HealthCheck? Of(HealthCheck? check) => check switch
    {
        { Probe: HealthProbe.Command command } => check with { Probe = command with { Run = Of(command.Run)! } },
        // As of an address.
        { Probe: HealthProbe.Http http } when http.Path.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 => check with { Probe = http with { Path = $"{http.Path[..(query + 1)]}{Hidden}" } },
        _ => check,
    };
}
