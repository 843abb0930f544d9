using System.Globalization;
using System.Net.Http.Json;
using ActorScheduler.Gateway.Operators;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>Questions and decisions as requests to a node's HTTP API: the other side of <see cref="OperatorApi"/>.</summary>
internal static class ApiCalls
{
    /// <summary>The request of a message.</summary>
    /// <param name="message">What is asked or decided.</param>
    /// <param name="node">Whom.</param>
    internal static HttpRequestMessage Of(IProtocolMessage message, Uri node)
    {
        (HttpMethod method, string path, HttpContent? body) = message switch
        {
            GetAgents get => Get("agents", ("after", get.After), ("count", get.Count)),
            GetFrameworks get => Get("frameworks", ("after", get.After), ("count", get.Count)),
            GetOffers get => Get("offers", ("after", get.After), ("count", get.Count), ("framework", get.FrameworkId)),
            GetRoles get => Get("roles", ("after", get.After), ("count", get.Count)),
            ExplainOffers get => Get(
                $"frameworks/{Part(get.FrameworkId)}/explanation", ("role", get.Role), ("size", get.Size is { Size.IsZero: false } wanted ? wanted.Size : null), ("ports", get.Size?.Ports)),
            SetQuota set => Put($"quotas/{Role(set.Role)}", new QuotaRequest(set.Guarantees, set.Limits, set.Force)),
            RemoveQuota remove => Delete($"quotas/{Role(remove.Role)}"),
            SetWeight set => Put($"weights/{Role(set.Role)}", new WeightRequest(set.Weight)),
            RemoveWeight remove => Delete($"weights/{Role(remove.Role)}"),
            DrainAgent drain => Post($"agents/{Part(drain.AgentId)}/drain", new DrainRequest(drain.MaxGracePeriod, drain.Deadline, drain.MarkGone)),
            DeactivateAgent deactivate => Post($"agents/{Part(deactivate.AgentId)}/deactivate", new EmptyRequest()),
            ReactivateAgent reactivate => Post($"agents/{Part(reactivate.AgentId)}/reactivate", new EmptyRequest()),
            MarkAgentGone gone => Post($"agents/{Part(gone.AgentId)}/gone", new EmptyRequest()),
            OperateOnAgent operate => Post($"agents/{Part(operate.AgentId)}/operations", operate.Operation),
            ScheduleMaintenance { Unavailability: { } away } plan => Put($"agents/{Part(plan.AgentId)}/maintenance", away),
            ScheduleMaintenance plan => Delete($"agents/{Part(plan.AgentId)}/maintenance"),
            GetFramework get => Get(
                $"frameworks/{Part(get.FrameworkId)}/tasks", ("after", get.After), ("count", get.Count), ("completed", get.Completed ? "true" : null),
                ("prefix", get.Prefix), ("agent", get.AgentId)),
            TearDownFramework teardown => Delete($"frameworks/{Part(teardown.FrameworkId)}"),
            StopTask stop => Post($"{Task(stop.FrameworkId, stop.TaskId)}/kill", new KillRequest(stop.GracePeriod)),
            GetUsage get => Get($"{Task(get.FrameworkId, get.TaskId)}/usage", ("run", get.RunId), ("agent", get.AgentId)),
            ListFiles list => Get($"{Task(list.FrameworkId, list.TaskId)}/files", ("path", list.Path), ("run", list.RunId), ("agent", list.AgentId), ("after", list.After)),
            ReadFile read => Get(
                $"{Task(read.FrameworkId, read.TaskId)}/file", ("path", read.Path), ("offset", read.Offset), ("length", read.Length), ("wait", read.Wait.TotalSeconds),
                ("run", read.RunId), ("agent", read.AgentId)),
            _ => throw new NotSupportedException($"{message.GetType().Name} cannot be asked by HTTP"),
        };
        var request = new HttpRequestMessage(method, new Uri(node, $"/v1/{path}")) { Content = body };
        if (message is ICommand command)
            request.Headers.Add("Idempotency-Key", $"{command.RequestId}");
        return request;
    }

    private static (HttpMethod, string, HttpContent?) Get(string path, params (string Name, object? Value)[] query)
    {
        string text = string.Join('&', query.Where(static one => one.Value is not null)
            .Select(static one => $"{one.Name}={Uri.EscapeDataString(Convert.ToString(one.Value, CultureInfo.InvariantCulture)!)}"));
        return (HttpMethod.Get, text.Length > 0 ? $"{path}?{text}" : path, null);
    }

    private static (HttpMethod, string, HttpContent?) Put<T>(string path, T body) => (HttpMethod.Put, path, JsonContent.Create(body, options: ApiJson.Options));

    private static (HttpMethod, string, HttpContent?) Post<T>(string path, T body) => (HttpMethod.Post, path, JsonContent.Create(body, options: ApiJson.Options));

    private static (HttpMethod, string, HttpContent?) Delete(string path) => (HttpMethod.Delete, path, null);

    private static string Task(FrameworkId framework, TaskId task) => $"frameworks/{Part(framework)}/tasks/{Part(task)}";

    private static string Part<T>(T id)
        where T : struct => Uri.EscapeDataString($"{id}");

    /// <summary>Its slashes stay: a role stands last.</summary>
    private static string Role(string role) => string.Join('/', role.Split('/').Select(Uri.EscapeDataString));
}
