using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>
/// Containers that the book does not know. A run id is durable before its container starts, and a task is forgotten only when its
/// end was delivered: so one that has ended is over, and one that runs comes from a checkpoint that is lost or older. That is never
/// killed here. It is taken over when what is written on it says enough, and its framework's actor decides whether it may go on.
/// Else it is set aside: it goes on, its resources are given to nobody, and an operator is told how to end it.
/// </content>
internal sealed partial class AgentActor
{
    private const int MostNamed = 20;

    private readonly Dictionary<string, (IContainerizer Containers, FoundContainer Found, string Reason)> _aside = [];
    private bool _hasLooked;

    private void ReceiveStrangers()
    {
        Receive<ContainersFound>(Found);
        Receive<FindDue>(_ => FindContainers());
    }

    /// <summary>Looks for strangers once, before the agent says what it has: what is adopted then was never said to be lost.</summary>
    private void FindContainers()
    {
        // Who is known before the list is asked for is no stranger, also when it is forgotten before the answer is here.
        HashSet<string> known = [.. _book.Tasks.Values.Select(static task => task.RunId)];
        (AgentId id, string? sandboxes, TimeSpan limit) = (Id, _sandboxes?.Folders.Sandboxes, _hasLooked ? Timeout.InfiniteTimeSpan : _settings.ProbeTimeout);
        Task.WhenAll(_options.Containerizers.Select(Look)).PipeTo(Self, success: looks => new ContainersFound(looks, known));

        async Task<Look> Look(IContainerizer containers)
        {
            try
            {
                return new Look(containers, await containers.List(id, sandboxes, CancellationToken.None).WaitAsync(limit, _time), null);
            }
            catch (Exception e)
            {
                return new Look(containers, [], e.Message);
            }
        }
    }

    private void Found(ContainersFound found)
    {
        HashSet<string> known = [.. found.Known, .. _book.Tasks.Values.Select(static task => task.RunId)];
        HashSet<string> before = [.. _aside.Keys];
        bool hasAdopted = false;
        foreach ((IContainerizer containers, IReadOnlyCollection<FoundContainer> all, string? problem) in found.Looks)
        {
            if (problem is not null)
            {
                _log.Warning("Agent {AgentId} cannot list the containers of {Containerizer}: {Problem}", Id, containers.Name, problem);
                continue;
            }
            foreach (string run in before.Where(run => _aside[run].Containers == containers))
                _aside.Remove(run);
            foreach (FoundContainer stranger in all.Where(container => !known.Contains(container.RunId)))
            {
                if (!stranger.Runs)
                    Clear(containers, stranger);
                else if (Adopt(containers, stranger) is not { } reason)
                    hasAdopted = true;
                else
                    SetAside(containers, stranger, reason, isNew: !before.Contains(stranger.RunId));
            }
        }
        _book.SetAside(_aside.Values.Select(static aside => ResourceText.Parse(aside.Found.Resources ?? "").TryGet(out Resources? taken, out _) ? taken : Resources.Empty));
        if (_aside.Count > 0 || found.Looks.Any(static look => look.Problem is not null))
            Timers.StartSingleTimer(nameof(FindDue), FindDue.Instance, _settings.Executors.RestartMax);
        if (!_hasLooked || hasAdopted || !before.SetEquals(_aside.Keys))
            RegisterAnew();
        _hasLooked = true;
    }

    private string? Adopt(IContainerizer containers, FoundContainer stranger)
    {
        if (_isLeaving)
            return "the agent leaves";
        KeptLaunch? launch = LaunchText.Read(stranger.Launch, stranger.RunId);
        if (_book.Adopt(launch, stranger.AgentId, WhyNot, Now, containers.Name) is { } reason)
            return reason;
        KeptTask task = _book.Tasks[new TaskKey(launch!.Framework.Id, launch.Launch.Task.Id)];
        _log.Warning("Agent {AgentId} adopted task {TaskId} of framework {FrameworkId}: its container {RunId} runs but was not in the checkpoint", Id, task.Key.TaskId, task.Key.FrameworkId, task.RunId);
        Commit(() =>
        {
            if (_book.Tasks.TryGetValue(task.Key, out KeptTask? adopted))
                Execute(adopted, isNew: false);
            Report(task.Key.FrameworkId);
        });
        return null;
    }

    private void SetAside(IContainerizer containers, FoundContainer stranger, string reason, bool isNew)
    {
        KeptLaunch? launch = LaunchText.Read(stranger.Launch, stranger.RunId);
        stranger = stranger with
        {
            Resources = stranger.Resources ?? launch?.Launch.Task.Resources.ToString(),
            Task = stranger.Task ?? (launch is null ? null : $"'{launch.Launch.Task.Id}' of framework '{launch.Framework.Id}'"),
        };
        _aside[stranger.RunId] = (containers, stranger, reason);
        if (isNew)
        {
            _log.Warning(
                "Agent {AgentId} leaves container {RunId} alone, which runs task {Task} and was not known: {Reason}. What it takes ({Resources}) is offered to nobody while it runs; to end it: {Command}",
                Id, stranger.RunId, stranger.Task ?? "nobody knows", reason, stranger.Resources ?? "not known", stranger.EndedBy);
        }
    }

    /// <summary>What masters tell people of them.</summary>
    private IReadOnlyList<AsideContainer>? Aside() => _aside.Count == 0
        ? null
        : [.. _aside.Values.Take(MostNamed).Select(static aside => new AsideContainer(aside.Found.RunId, aside.Found.Task, aside.Found.Resources, aside.Reason, aside.Found.EndedBy))];

    /// <summary>Its sandbox stays as long as any; first its output is brought there.</summary>
    private void Clear(IContainerizer containers, FoundContainer stranger)
    {
        _log.Info("Agent {AgentId} removed container {RunId}: its task has ended", Id, stranger.RunId);
        TimeSpan limit = _settings.Executors.CallTimeout;
        Task.Run(async () =>
        {
            await ((Task)containers.WhenEnded(stranger.RunId, CancellationToken.None)).WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Remove(containers, stranger.RunId);
        });
    }

    /// <param name="Looks">What each containerizer has.</param>
    /// <param name="Known">Runs that the book knew when the question was asked.</param>
    private sealed record ContainersFound(IReadOnlyList<Look> Looks, IReadOnlySet<string> Known);

    /// <param name="Containers">Which containerizer.</param>
    /// <param name="Runs">What it has.</param>
    /// <param name="Problem">Why that cannot be seen, or null.</param>
    private sealed record Look(IContainerizer Containers, IReadOnlyCollection<FoundContainer> Runs, string? Problem);

    private sealed record FindDue
    {
        public static readonly FindDue Instance = new();
    }
}
