using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <content>The updates that frameworks are owed: one message at a time for each, again after a pause while it is not answered.</content>
internal sealed partial class AgentActor
{
    private readonly Dictionary<FrameworkId, (long At, TimeSpan Pause)> _reported = [];
    private bool _isReportTimed;

    private void ReceiveUpdates()
    {
        Receive<UpdatesKept>(Kept);
        Receive<ReportDue>(_ => ReportAgain());
    }

    /// <summary>
    /// Sends what a framework is owed, unless it has not answered yet. Before the agent was ever registered nobody hears anything of its
    /// tasks: it may be a copy of another, on a host where their containers are not.
    /// </summary>
    private void Report(FrameworkId framework)
    {
        if (_registration > 0 && !_reported.ContainsKey(framework))
            Report(framework, _settings.UpdateRetryMin);
    }

    private void Report(FrameworkId framework, TimeSpan pause)
    {
        IReadOnlyList<TaskUpdate> owed = _book.OwedTo(framework, _settings.UpdatesPerMessage);
        if (owed.Count == 0)
        {
            _reported.Remove(framework);
            return;
        }
        _reported[framework] = (_time.GetTimestamp(), pause);
        _masters.Send(new ReportUpdates(framework, Id, Self, owed), Self);
        if (_isReportTimed)
            return;
        // One timer for all, and none while everything is delivered within a pause.
        _isReportTimed = true;
        Timers.StartSingleTimer(nameof(ReportDue), ReportDue.Instance, _settings.UpdateRetryMin);
    }

    private void ReportAgain()
    {
        _isReportTimed = false;
        foreach ((FrameworkId framework, (long at, TimeSpan pause)) in _reported.ToArray())
        {
            if (_time.GetElapsedTime(at) >= pause)
                Report(framework, Shorter(pause * 2, _settings.UpdateRetryMax));
        }
        if (_reported.Count == 0 || _isReportTimed)
            return;
        _isReportTimed = true;
        Timers.StartSingleTimer(nameof(ReportDue), ReportDue.Instance, _settings.UpdateRetryMin);
    }

    private void Kept(UpdatesKept kept)
    {
        IReadOnlyList<KeptTask> ended = _book.Delivered(kept.FrameworkId, kept.Updates);
        foreach (KeptTask task in ended)
            Remove(task);
        // That they were delivered need not be durable before anything else: at worst they are sent again.
        if (_book.ChangeCount > FlushAt)
            Flush();
        Report(kept.FrameworkId, _settings.UpdateRetryMin);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed record ReportDue
    {
        public static readonly ReportDue Instance = new();
    }
}
