using System.Text.Json;
using ActorScheduler.Protocol.Serialization;

namespace ActorScheduler.Agent.Checkpoints;

/// <summary>What is written on a container, so that an agent which has forgotten its task can take it over.</summary>
internal static class LaunchText
{
    /// <summary>The text for a task.</summary>
    public static string Of(KeptTask task) => JsonSerializer.Serialize(KeptLaunch.Of(task), ScheduleJson.Plain);

    /// <summary>What a text says; null when it is not whole, or speaks of another run.</summary>
    public static KeptLaunch? Read(string? text, string runId)
    {
        try
        {
            return text is { Length: > 0 } && JsonSerializer.Deserialize<KeptLaunch>(text, ScheduleJson.Plain) is
                { Role: not null, Framework.Id.Value: not null, Launch.Task: { Id.Value: not null, Resources: not null } } launch && launch.RunId == runId
                ? launch
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException or OverflowException or NullReferenceException)
        {
            return null;
        }
    }
}
