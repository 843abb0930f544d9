using System.Collections.Concurrent;
using System.Net;
using ActorScheduler.Model;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Groups;

/// <summary>
/// The containers that hold networks of groups: made before the first task of a group, removed when none of its tasks runs or is
/// about to. What the process knows is only who is about to; the rest is asked of the engine, so that a restart loses nothing.
/// </summary>
/// <param name="engine">Whose.</param>
/// <param name="find">Looks at a container by its name; null when there is none.</param>
/// <param name="remove">Removes a container by its name; nothing happens when there is none.</param>
internal sealed class GroupHolders(
    DockerEngine engine, Func<string, CancellationToken, Task<ContainerInspectResponse?>> find, Func<string, CancellationToken, Task> remove)
{
    private readonly ConcurrentDictionary<string, Holder> _known = new(StringComparer.Ordinal);

    /// <summary>Has the network ready for a task that is about to start. <see cref="Leave"/> has to follow, whatever becomes of the task.</summary>
    /// <exception cref="ContainerException">It cannot be had; the message names the field.</exception>
    public async Task Join(GroupNetwork network, TaskInfo task, CancellationToken cancellation)
    {
        Holder holder = await Enter(network.Holder, cancellation);
        try
        {
            holder.Joining++;
            await Have(network, cancellation);
        }
        catch (DockerApiException e)
        {
            throw EngineProblems.Of(e, task);
        }
        finally
        {
            holder.Gate.Release();
        }
    }

    /// <summary>A task has started, or will not.</summary>
    public async Task Leave(string holder, bool hasStarted)
    {
        Holder known = await Enter(holder, CancellationToken.None);
        known.Joining--;
        known.Gate.Release();
        if (!hasStarted)
            await Release(holder, CancellationToken.None);
    }

    /// <summary>Removes a holder when no task has its network. When this returns its ports are free then.</summary>
    public async Task Release(string holder, CancellationToken cancellation)
    {
        Holder known = await Enter(holder, cancellation);
        try
        {
            if (known.Joining > 0 || await HasMembers(holder, cancellation))
                return;
            await remove(holder, cancellation);
            _known.TryRemove(KeyValuePair.Create(holder, known));
        }
        finally
        {
            known.Gate.Release();
        }
    }

    private async Task Have(GroupNetwork network, CancellationToken cancellation)
    {
        if (await find(network.Holder, cancellation) is { } found)
        {
            if (ContainerReadings.Runs(found))
                return;
            // It was killed, or the engine was: whoever had its network has ended too.
            await remove(network.Holder, cancellation);
        }
        await Make(network.Plan, cancellation);
        await engine.Change((client, limit) => client.Containers.StartContainerAsync(network.Holder, new ContainerStartParameters(), limit), CancellationToken.None);
    }

    /// <summary>Gives a holder with its gate held.</summary>
    private async Task<Holder> Enter(string name, CancellationToken cancellation)
    {
        while (true)
        {
            Holder holder = _known.GetOrAdd(name, static _ => new Holder());
            await holder.Gate.WaitAsync(cancellation);
            if (_known.TryGetValue(name, out Holder? current) && ReferenceEquals(current, holder))
                return holder;
            // It was forgotten meanwhile.
            holder.Gate.Release();
        }
    }

    private async Task<bool> HasMembers(string holder, CancellationToken cancellation)
    {
        var parameters = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [$"{ContainerLabels.Holder}={holder}"] = true } },
        };
        IList<ContainerListResponse> members = await engine.Ask((client, limit) => client.Containers.ListContainersAsync(parameters, limit), cancellation);
        return members.Any(static member => ContainerReadings.MayRun(member.State));
    }

    private async Task Make(CreateContainerParameters plan, CancellationToken cancellation)
    {
        for (bool isAgain = false; ; isAgain = true)
        {
            try
            {
                await engine.Change((client, limit) => client.Containers.CreateContainerAsync(plan, limit), CancellationToken.None);
                return;
            }
            catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound && !isAgain && EngineProblems.Words(e).Contains("No such image", StringComparison.OrdinalIgnoreCase))
            {
                await MakeImage(cancellation);
            }
        }
    }

    private async Task MakeImage(CancellationToken cancellation)
    {
        VersionResponse version = await engine.Ask(static (client, limit) => client.System.GetVersionAsync(limit), cancellation);
        using MemoryStream archive = PauseImage.Archive(version.Arch);
        await engine.Change(
            (client, limit) => client.Images.CreateImageAsync(
                new ImagesCreateParameters { Repo = PauseImage.Repository, Tag = PauseImage.Tag }, archive, authConfig: null, new Progress<JSONMessage>(), limit),
            cancellation);
    }

    /// <summary>Changed only by who holds the gate.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handle holds nothing.")]
    private sealed class Holder
    {
        /// <summary>How many tasks are about to start.</summary>
        public int Joining { get; set; }

        public SemaphoreSlim Gate { get; } = new(1);
    }
}
