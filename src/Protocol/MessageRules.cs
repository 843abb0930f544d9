using ActorScheduler.Model;
using ActorScheduler.Protocol.Serialization;

namespace ActorScheduler.Protocol;

/// <summary>
/// What is demanded of a message by itself that schedulers, operators and askers send, whatever way it comes. Asked by the link that
/// sends it, since remoting only logs what it cannot write, and again by the actor that gets it, since a peer may not have asked.
/// </summary>
public static class MessageRules
{
    /// <summary>Most bytes of a message: what is larger remoting would drop, here or further on, and nobody would hear of it.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    /// <summary>Most items of any list that a command names.</summary>
    private const int MostItems = 100_000;

    /// <summary>Says what is wrong with a message, or null. What masters and agents tell each other is not looked at.</summary>
    public static Problem? Check(IProtocolMessage message)
    {
        if (!IsFromOutside(message))
            return null;
        if (WireSize.Problem(message, out int bytes) is { } missing)
            return missing;
        if (bytes > MostBytes)
            return new Problem("", $"has {bytes} bytes, and may have {MostBytes}; make several");
        return (message is IFrameworkMessage { FrameworkId: var id } ? IdRules.Check("framework_id", id.Value) : null) ?? CheckValues(message);
    }

    /// <summary>The answer to a message that something is wrong with.</summary>
    public static IProtocolMessage Refusal(IProtocolMessage message, Problem problem) => message is Subscribe subscribe
        ? new SubscriptionRefused(subscribe.FrameworkId, subscribe.Session, RefusalKind.Invalid, problem)
        : new CommandRefused((message as ICommand)?.RequestId ?? Guid.Empty, RefusalKind.Invalid, problem);

    private static bool IsFromOutside(IProtocolMessage message) =>
        message is ICommand or ISessionMessage or ITaskQuestion or GetAgents or GetFrameworks or GetFramework or GetOffers or GetRoles or GetClusterSummary or ExplainOffers;

    private static Problem? CheckValues(IProtocolMessage message) => message switch
    {
        ScheduleMaintenance schedule => schedule.Unavailability?.Check()?.Under("unavailability"),
        DrainAgent drain => TimeRules.Check("max_grace_period", drain.MaxGracePeriod, TimeRules.LongestTimer) ?? TimeRules.Check("deadline", drain.Deadline),
        StopTask stop => TimeRules.Check("grace_period", stop.GracePeriod, TimeRules.LongestTimer),
        KillTask kill => TimeRules.Check("grace_period", kill.GracePeriod, TimeRules.LongestTimer),
        SetQuota quota => CheckNames("limits", quota.Limits.Keys) ?? CheckAmounts("guarantees", quota.Guarantees),
        ExplainOffers { Size: { } size } => CheckSize(size)?.Under("size"),
        RequestResources request => CheckCount("sizes", request.Sizes) ?? request.Sizes.Select(CheckSize).FirstOrDefault(static found => found is not null)?.Under("sizes"),
        AcceptOffers accept => CheckCount("offer_ids", accept.OfferIds) ?? CheckCount("operations", accept.Operations),
        DeclineOffers decline => CheckCount("offer_ids", decline.OfferIds),
        AnswerInverseOffers answer => CheckCount("inverse_offer_ids", answer.InverseOfferIds),
        ReviveOffers revive => CheckCount("roles", revive.Roles),
        SuppressOffers suppress => CheckCount("roles", suppress.Roles),
        ReconcileTasks reconcile => CheckCount("tasks", reconcile.Tasks),
        ReconcileOperations reconcile => CheckCount("operation_ids", reconcile.OperationIds),
        Subscribe subscribe => subscribe.Info.Check() ?? CheckCount("suppressed_roles", subscribe.SuppressedRoles),
        UpdateFramework update => update.Info.Check() ?? CheckCount("suppressed_roles", update.SuppressedRoles),
        ReadFile read => TimeRules.Check("wait", read.Wait, FileLimits.LongestWait) ?? TextRules.CheckWord("path", read.Path),
        ListFiles list => TextRules.CheckWord("path", list.Path),
        ExecuteInTask execute => CheckWords(execute),
        _ => null,
    };

    private static Problem? CheckCount<T>(string field, IReadOnlyList<T> items) =>
        items.Count > MostItems ? new Problem(field, $"must be at most {MostItems}, are {items.Count}") : null;

    private static Problem? CheckNames(string field, IEnumerable<string> names) =>
        names.Select(name => ResourceName.Check(field, name)).FirstOrDefault(static found => found is not null);

    private static Problem? CheckSize(WantedSize size) =>
        size.Count < 1 ? new Problem("count", $"must be at least 1, is {size.Count}")
        : size.Ports is < 0 or > ushort.MaxValue ? new Problem("ports", $"must lie between 0 and {ushort.MaxValue}, is {size.Ports}")
        : CheckAmounts("size", size.Size);

    private static Problem? CheckAmounts(string field, Quantities amounts)
    {
        foreach ((ResourceName name, long milli) in amounts.NonZero())
        {
            if ((ResourceName.Check(field, name.Text)
                ?? (milli is < 0 or > FixedPoint.Max ? new Problem($"{field}.{name.Text}", $"must lie between 0 and {FixedPoint.Max / FixedPoint.Scale}") : null)) is { } bad)
                return bad;
        }
        return null;
    }

    private static Problem? CheckWords(ExecuteInTask execute)
    {
        if (execute.Arguments.Count is 0 or > TaskRules.MaxItems)
            return new Problem("arguments", $"must be 1 to {TaskRules.MaxItems}, are {execute.Arguments.Count}");
        if (execute.Columns is < 0 or > ushort.MaxValue || execute.Rows is < 0 or > ushort.MaxValue)
            return new Problem(execute.Columns is < 0 or > ushort.MaxValue ? "columns" : "rows", $"must lie between 0 and {ushort.MaxValue}");
        return execute.Arguments.Select(static (word, i) => TextRules.CheckWord($"arguments[{i}]", word))
            .Concat((execute.Environment ?? new Dictionary<string, string>()).Select(static pair =>
                TextRules.CheckWord($"environment.{pair.Key}", pair.Value) ?? TextRules.CheckVariable("environment", pair.Key)))
            .Append(TextRules.CheckWord("user", execute.User))
            .FirstOrDefault(static found => found is not null);
    }
}
