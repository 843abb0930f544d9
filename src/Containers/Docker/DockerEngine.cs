using System.Net.Sockets;
using System.Security.Authentication;
using ActorScheduler.Containers.Docker.Access;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <summary>
/// The way to one engine: few calls at once, each with a time limit, and one sentence for whatever goes wrong on the way. When
/// the engine is found out of reach, calls that already wait for their turn fail too instead of finding out one after the other.
/// </summary>
internal sealed class DockerEngine : IDisposable
{
    private const int Questions = 32;
    private const int Removals = 2;

    private readonly DockerSettings _settings;
    private readonly TimeProvider _time;
    private readonly CallTurns _changes;
    private readonly CallTurns _questions;
    private readonly CallTurns _removals;
    private volatile Loss? _loss;

    /// <summary>The only engine that counts; null for whichever answers.</summary>
    private volatile EngineName? _bound;

    /// <summary>Whether the bound engine has answered, and nothing was seen since that may have put another in its place.</summary>
    private volatile bool _isSeen;

    private volatile EngineName? _instead;
    private readonly SemaphoreSlim _recognizing = new(1);

    public DockerEngine(DockerSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        (_changes, _questions, _removals) = (new CallTurns(settings.CallsInFlight, time), new CallTurns(Questions, time), new CallTurns(Removals, time));
        // The limits here are shorter; the client's own one is the last resort.
        using var configuration = new DockerClientConfiguration(settings.Endpoint, EngineCertificates.Of(settings), defaultTimeout: settings.ChangeTimeout + settings.CallTimeout);
        Client = configuration.CreateClient();
    }

    /// <summary>For what lasts: logs, events, pulls. They are not counted and not limited here.</summary>
    public DockerClient Client { get; }

    /// <summary>Asks for something that changes nothing.</summary>
    public Task<T> Ask<T>(Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        Run(_questions, null, _settings.CallTimeout, call, cancellation, cancellation);

    /// <summary>Changes something; waits for its turn.</summary>
    public Task<T> Change<T>(Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        Run(_changes, null, _settings.ChangeTimeout, call, cancellation, cancellation);

    /// <summary>Changes something that has no answer.</summary>
    public Task Change(Func<DockerClient, CancellationToken, Task> call, CancellationToken cancellation) => Change(Valued(call), cancellation);

    /// <summary>Removes something; waits for its turn among removals only, since nobody waits for these and somebody may for others.</summary>
    public Task Remove(Func<DockerClient, CancellationToken, Task> call, CancellationToken cancellation) =>
        Run(_removals, null, _settings.ChangeTimeout, Valued(call), cancellation, cancellation);

    /// <summary>Makes a step on the way to a container that runs.</summary>
    /// <param name="lane">For which framework: see <see cref="CallTurns"/>.</param>
    /// <param name="call">The step. Once it is under way it is not given up: what becomes of it would not be known.</param>
    /// <param name="givenUp">Gives up waiting for its turn.</param>
    public Task<T> Begin<T>(string lane, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken givenUp) =>
        Run(_changes, lane, _settings.ChangeTimeout, call, givenUp, CancellationToken.None);

    /// <summary>What was begun in a lane is over.</summary>
    /// <param name="lane">For which framework.</param>
    /// <param name="isCrash">Whether it failed, and had hardly run.</param>
    public void Ended(string lane, bool isCrash) => _changes.Ended(lane, isCrash);

    /// <summary>Why the engine is of no use now, or null. Does not wait behind other calls.</summary>
    public async Task<string?> Ping(TimeSpan most, CancellationToken cancellation)
    {
        try
        {
            string? trouble = await Unchecked(new CallTurns(1, _time), null, most, Answered, cancellation, cancellation);
            if (!_isSeen)
                await Recognize(cancellation);
            return trouble;
        }
        catch (ContainerException e)
        {
            return e.Message;
        }
        catch (DockerApiException e)
        {
            return $"the Docker engine at {Where} answers a ping with an error: {EngineProblems.Sentence(e)}";
        }

        static async Task<string?> Answered(DockerClient client, CancellationToken limit)
        {
            await client.System.PingAsync(limit);
            return null;
        }
    }

    /// <summary>The engine that answers, whichever it is; null when it has no name that lasts.</summary>
    public async Task<EngineName?> Identify(CancellationToken cancellation)
    {
        try
        {
            // Some engines of other makers give another name with each answer.
            string[] ids = [await IdOf(cancellation), await IdOf(cancellation)];
            return ids[0].Length > 0 && ids[0] == ids[1] ? new EngineName(ids[0], Where) : null;
        }
        catch (DockerApiException e)
        {
            throw new ContainerException($"the Docker engine at {Where} does not say who it is: {EngineProblems.Sentence(e)}", e);
        }
    }

    /// <summary>The engine that was seen to answer in the place of the one that counts, or null.</summary>
    public EngineName? Instead => _instead;

    /// <summary>Lets only this engine answer; null for whichever does.</summary>
    public void Bind(EngineName? engine) => (_bound, _isSeen, _instead) = (engine, false, null);

    /// <summary>Another engine may answer from now on: before the next call it is asked who it is.</summary>
    public void Doubt() => _isSeen = false;

    /// <summary>Makes sure that no other engine answers in the place of the one that counts.</summary>
    /// <exception cref="ContainerException">One does, or none.</exception>
    public async Task Recognize(CancellationToken cancellation)
    {
        if (_bound is not { } bound)
            return;
        if (await IdOf(cancellation) != bound.Id && await Identify(cancellation) is { } now && now.Id != bound.Id)
        {
            (_isSeen, _instead) = (false, now);
            throw new ContainerException($"another Docker engine answers at {Where} than the one at {bound.Address} that containers were started with");
        }
        (_isSeen, _instead) = (ReferenceEquals(_bound, bound), null);
    }

    /// <summary>What is said of a failure on the way; null when the engine itself refused, or when it is none of the way.</summary>
    public ContainerException? OnTheWay(Exception failure) => failure switch
    {
        ContainerException known => known,
        HttpRequestException or SocketException or IOException or InvalidDataException or AuthenticationException =>
            new ContainerException($"the Docker engine at {Where} cannot be reached: {Cause(failure)}", failure),
        OperationCanceledException or TimeoutException => new ContainerException($"the Docker engine at {Where} does not answer", failure),
        ObjectDisposedException => new ContainerException("the agent ends", failure),
        _ => null,
    };

    public void Dispose()
    {
        Client.Dispose();
        _recognizing.Dispose();
    }

    private string Where => _settings.Endpoint.OriginalString;

    private static Func<DockerClient, CancellationToken, Task<bool>> Valued(Func<DockerClient, CancellationToken, Task> call) => async (client, limit) =>
    {
        await call(client, limit);
        return true;
    };

    /// <summary>One asks for all who want to go on.</summary>
    private async Task RecognizeOnce(CancellationToken cancellation)
    {
        await _recognizing.WaitAsync(cancellation);
        try
        {
            if (!_isSeen)
                await Recognize(cancellation);
        }
        finally
        {
            _recognizing.Release();
        }
    }

    private Task<string> IdOf(CancellationToken cancellation) => Unchecked(
        new CallTurns(1, _time), null, _settings.CallTimeout, Said, cancellation, cancellation);

    /// <summary>Engines of one host may have one ID, from a key of the host, and then still their own folders.</summary>
    private static async Task<string> Said(DockerClient client, CancellationToken limit)
    {
        SystemInfoResponse info = await client.System.GetSystemInfoAsync(limit);
        return info.ID is { Length: > 0 } id ? $"{id} in {info.DockerRootDir}" : "";
    }

    private async Task<T> Run<T>(
        CallTurns turns, string? lane, TimeSpan most, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken waiting, CancellationToken cancellation)
    {
        if (_bound is not null && !_isSeen)
            await RecognizeOnce(waiting);
        return await Unchecked(turns, lane, most, call, waiting, cancellation);
    }

    private async Task<T> Unchecked<T>(
        CallTurns turns, string? lane, TimeSpan most, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken waiting, CancellationToken cancellation)
    {
        long since = _time.GetTimestamp();
        await turns.Take(lane, waiting);
        try
        {
            if (_loss is { } loss && loss.At > since)
                throw new ContainerException(loss.Failure.Message, loss.Failure);
            using var limit = new CancellationTokenSource(most, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                // Not every client heeds the token at once: what is late is left behind.
                return await call(Client, either.Token).WaitAsync(either.Token);
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw Lost(new ContainerException($"the Docker engine at {Where} does not answer: nothing came within {most.TotalSeconds:0.#} s", e));
            }
            catch (Exception e) when (e is not (OperationCanceledException or ContainerException) && OnTheWay(e) is { } failure)
            {
                throw Lost(failure);
            }
        }
        finally
        {
            turns.Release(lane);
        }
    }

    private ContainerException Lost(ContainerException failure)
    {
        _loss = new Loss(_time.GetTimestamp(), failure);
        Doubt();
        return failure;
    }

    private static string Cause(Exception failure)
    {
        while (failure.InnerException is { } inner)
            failure = inner;
        return failure.Message.TrimEnd('.');
    }

    private sealed record Loss(long At, ContainerException Failure);
}
