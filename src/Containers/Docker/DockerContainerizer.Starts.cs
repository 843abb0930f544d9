using System.Net;
using ActorScheduler.Containers.Docker.Groups;
using ActorScheduler.Containers.Docker.Plan;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <content>How containers come to run. The engine's own rule that a name is taken once makes two of one run impossible.</content>
public sealed partial class DockerContainerizer
{
    private const string HostNetwork = "host";

    /// <summary>An image may be removed by somebody between its pull and the container.</summary>
    private const int MostPulls = 2;

    /// <inheritdoc/>
    public async Task<ContainerStatus> Start(ContainerOrder order, CancellationToken cancellation)
    {
        var mine = new StartAttempt(givenUp => StartOnce(order, givenUp));
        StartAttempt attempt = _starts.GetOrAdd(order.RunId, mine);
        try
        {
            return await attempt.Run().WaitAsync(cancellation);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ContainerException($"container {order.RunId} was removed before it started", e);
        }
        finally
        {
            if (ReferenceEquals(attempt, mine))
                _ = Forget(order.RunId, attempt);
        }
    }

    /// <summary>An attempt is known until it is over, even when nobody waits for it any more: a removal has to find it.</summary>
    private async Task Forget(string runId, StartAttempt attempt)
    {
        await ((Task)attempt.Run()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _starts.TryRemove(KeyValuePair.Create(runId, attempt));
    }

    private async Task<ContainerStatus> StartOnce(ContainerOrder order, CancellationToken givenUp)
    {
        GroupNetwork? group = GroupNetwork.Of(order);
        CreateContainerParameters plan = ContainerPlan.Of(order, _settings, group);
        if (order.Task.Container!.ForcePull && await Find(order.RunId, givenUp) is null)
            await _pulls.Get(plan.Image, order.Sandbox, givenUp);
        if (group is null)
            return await StartOnce(order, plan, null, givenUp);
        bool hasStarted = false;
        try
        {
            await _holders.Join(group, order.Task, givenUp);
            ContainerStatus status = await StartOnce(order, plan, group.Holder, givenUp);
            hasStarted = true;
            return status;
        }
        finally
        {
            await _holders.Leave(group.Holder, hasStarted);
        }
    }

    private async Task<ContainerStatus> StartOnce(ContainerOrder order, CreateContainerParameters plan, string? holder, CancellationToken givenUp)
    {
        (string id, ContainerStatus? before) = await Create(order, plan, givenUp);
        if (before is not null)
            return before;
        WatchedContainer watched = _watched.GetOrAdd(order.RunId, static run => new WatchedContainer(run));
        watched.Holder = holder;
        _watch.Start();
        givenUp.ThrowIfCancellationRequested();
        await Attach(watched, id, plan.Tty, order.Sandbox);
        try
        {
            await _engine.Begin(
                order.FrameworkId.Value, (client, limit) => client.Containers.StartContainerAsync(plan.Name, new ContainerStartParameters(), limit), givenUp);
        }
        catch (DockerApiException e)
        {
            _watched.TryRemove(KeyValuePair.Create(order.RunId, watched));
            await watched.Close();
            throw Refused(e, order);
        }
        if (plan.HostConfig.NetworkMode == HostNetwork)
        {
            // It has the host's addresses: what else there is to know nobody waits for.
            WriteLogs(watched, id, plan.Tty, order.Sandbox);
            return new ContainerStatus(id, [], Sandbox: order.Sandbox);
        }
        ContainerInspectResponse started = await Find(order.RunId, CancellationToken.None)
            ?? throw new ContainerException($"container {order.RunId} was removed by somebody else as soon as it had started");
        WriteLogs(watched, started);
        return await Status(started, CancellationToken.None);
    }

    /// <summary>Makes the container, or finds the one that was made before.</summary>
    /// <returns>Its id; and where the one from before runs, or ran, or null when the container has not been started yet.</returns>
    private async Task<(string Id, ContainerStatus? Before)> Create(ContainerOrder order, CreateContainerParameters plan, CancellationToken givenUp)
    {
        long since = _time.GetTimestamp();
        int pulls = 0;
        while (true)
        {
            givenUp.ThrowIfCancellationRequested();
            try
            {
                return ((await _engine.Begin(order.FrameworkId.Value, (client, limit) => client.Containers.CreateContainerAsync(plan, limit), givenUp)).ID, null);
            }
            catch (DockerApiException e) when (IsImageMissing(e) && pulls++ < MostPulls)
            {
                await _pulls.Get(plan.Image, order.Sandbox, givenUp);
            }
            catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.Conflict && _time.GetElapsedTime(since) < _settings.ChangeTimeout)
            {
                if (await Find(order.RunId, CancellationToken.None) is not { } found)
                {
                    // The name is taken a while before the container is there, and a while after it has gone.
                    await Task.Delay(Poll, _time, givenUp);
                    continue;
                }
                if (!ContainerReadings.Runs(found) && !ContainerReadings.HasRun(found))
                    return (found.ID, null);
                Follow(found, order.RunId);
                return (found.ID, await Status(found, CancellationToken.None));
            }
            catch (DockerApiException e)
            {
                throw Refused(e, order);
            }
        }
    }

    private ContainerException Refused(DockerApiException refusal, ContainerOrder order)
    {
        _engine.Ended(order.FrameworkId.Value, isCrash: true);
        return EngineProblems.Of(refusal, order.Task);
    }

    private static bool IsImageMissing(DockerApiException refusal) =>
        refusal.StatusCode == HttpStatusCode.NotFound && EngineProblems.Words(refusal).Contains("No such image", StringComparison.OrdinalIgnoreCase);
}
