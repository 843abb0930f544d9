using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <content>How the container of a run is found: by its name, and by its label when somebody has renamed it.</content>
public sealed partial class DockerContainerizer
{
    private async Task<ContainerInspectResponse?> Find(string runId, CancellationToken cancellation)
    {
        if (await FindByName(ContainerLabels.NameOf(runId), cancellation) is { } found && ContainerReadings.Label(found, ContainerLabels.RunId) == runId)
            return found;
        return await FindByLabel(runId, cancellation) is { } id ? await FindByName(id, cancellation) : null;
    }

    /// <param name="name">Name or id.</param>
    /// <param name="cancellation">Gives up.</param>
    private async Task<ContainerInspectResponse?> FindByName(string name, CancellationToken cancellation)
    {
        try
        {
            return await _engine.Ask((client, limit) => client.Containers.InspectContainerAsync(name, limit), cancellation);
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (DockerApiException e)
        {
            throw Unexpected(e);
        }
    }

    /// <summary>The id of a run's container, whatever its name is.</summary>
    private async Task<string?> FindByLabel(string runId, CancellationToken cancellation)
    {
        var parameters = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [$"{ContainerLabels.RunId}={runId}"] = true } },
        };
        IList<ContainerListResponse> found = await Asked((client, limit) => client.Containers.ListContainersAsync(parameters, limit), cancellation);
        return found.Count > 0 ? found[0].ID : null;
    }

    /// <summary>Makes a call with a container's name, and with its id when there is none of that name.</summary>
    private async Task OnContainer(string runId, Func<string, Task> call, CancellationToken cancellation)
    {
        try
        {
            await call(ContainerLabels.NameOf(runId));
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            if (await FindByLabel(runId, cancellation) is not { } id)
                throw;
            await call(id);
        }
    }
}
