using System.Net;
using System.Net.Sockets;
using ActorScheduler.Model;
using ActorScheduler.Promises.Specs.Harness;
using ActorScheduler.Protocol;

namespace ActorScheduler.Promises.Specs;

/// <summary>Promise 8 against running nodes: whoever says something bad is told so, and nobody else notices.</summary>
[Collection(OnSqlite.Name)]
public sealed class BadInputSpecs(ClusterFixture fixture)
{
    private readonly ProcessCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Rubbish_on_the_wire_and_in_commands_ends_no_process_and_no_session()
    {
        await _cluster.Whole();
        await using BusyFramework framework = await BusyFramework.Start(_cluster);
        await framework.Progresses();
        int[] processes = [.. _cluster.Numbers.Select(number => _cluster[number].Id)];
        long epoch = (await _cluster.Client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Epoch.Number;

        var random = new Random(8);
        byte[] noise = new byte[4096];
        random.NextBytes(noise);
        byte[][] rubbish = [noise, [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0], [4, 0, 0, 0, 1, 2, 3, 4], "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray()];
        foreach (int number in _cluster.Numbers)
        {
            foreach (byte[] bytes in rubbish)
                await Send(number, bytes);
        }
        AgentId agent = (await _cluster.Agents())[0].Info.Id;
        foreach ((IAllocatorMessage command, string field) in new (IAllocatorMessage, string)[]
        {
            (new SetWeight(Guid.NewGuid(), "a//b", 1), "role"),
            (new SetWeight(Guid.NewGuid(), "a", double.NaN), "weight"),
            (new SetWeight(Guid.NewGuid(), "a", -1), "weight"),
            (new SetQuota(Guid.NewGuid(), "a/b", Quantities.Zero, new Dictionary<string, long>()), "role"),
            (new MarkAgentGone(Guid.NewGuid(), new AgentId("nobody")), "agent_id"),
            (new OperateOnAgent(Guid.NewGuid(), agent, new Operation.Reserve(Resources.Of(cpus: 1_000))), ""),
        })
        {
            var refused = await _cluster.Client.AskAllocatorAsync<CommandRefused>(command);
            Assert.Contains(field, refused.Problem.Field, StringComparison.Ordinal);
        }

        await framework.Progresses();
        Assert.Equal(processes, _cluster.Numbers.Select(number => _cluster[number].Id));
        Assert.All(_cluster.Numbers, number => Assert.False(_cluster[number].HasExited));
        Assert.Equal(epoch, (await _cluster.Client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Epoch.Number);
        Assert.All(framework.Sleepers, static sleeper => Assert.Null(sleeper.Task.End));
        await framework.Settles();
    }

    private async Task Send(int number, byte[] bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPEndPoint.Parse(_cluster.Contact(number)));
        await socket.GetStream().WriteAsync(bytes);
    }
}
