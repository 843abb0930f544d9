using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs;

public sealed class SaveSpecs : AgentSpec
{
    private readonly FaultyCheckpoint _checkpoint = new();

    public SaveSpecs()
    {
        Checkpoint = _checkpoint;
        Begin();
        Register();
        Launch(Given.Task("runs"));
        Keep("runs", TaskState.Running);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_stops_nothing_loses_nothing_and_is_told()
    {
        _checkpoint.Fails = true;
        LaunchTasks launch = Order(Given.Task("a"));
        Agent.Tell(launch, Frameworks);
        Assert.True(Next<ReportDegraded>(Allocator).IsDegraded);
        Assert.Single(Containers.Starts);

        _checkpoint.Fails = false;

        Assert.Equal(launch.Number, Next<LaunchKept>(Frameworks).Number);
        Next<ReportDegraded>(Allocator, static report => !report.IsDegraded);
        Keep("a", TaskState.Running);
        Launch(Given.Task("b"));
        Assert.Equal(3, Held().Count);
    }

    [Fact]
    public void A_checkpoint_that_does_not_answer_is_told_and_heartbeats_go_on()
    {
        _checkpoint.Hangs = new TaskCompletionSource();
        Agent.Tell(Order(Given.Task("a")), Frameworks);

        Assert.Contains("does not answer", Next<ReportDegraded>(Allocator).Reason, StringComparison.Ordinal);
        Next<AgentHeartbeat>(Allocator);
        Assert.Single(Containers.Starts);

        _checkpoint.Hangs.SetResult();
        Next<ReportDegraded>(Allocator, static report => !report.IsDegraded);
    }

    [Fact]
    public async Task A_checkpoint_that_was_deleted_is_made_anew_before_anything_is_told()
    {
        using var folder = new TestFolder();
        await using (var checkpoint = SqliteCheckpoint.Open(folder.File))
        {
            BeginWith(checkpoint);
            Launch(Given.Task("before"));
            Keep("before", TaskState.Running);
            File.Delete(folder.File);

            Launch(Given.Task("after"));

            Keep("after", TaskState.Running);
            End();
        }
        await using SqliteCheckpoint again = SqliteCheckpoint.Open(folder.File);
        Assert.Equal(["after", "before"], (await again.Load()).Tasks.Select(static task => task.Launch.Task.Id.Value).Order());
    }

    [Fact]
    public async Task An_idle_agent_notices_by_itself_that_its_checkpoint_is_gone()
    {
        using var folder = new TestFolder();
        await using var checkpoint = SqliteCheckpoint.Open(folder.File);
        BeginWith(checkpoint);
        Next<AgentHeartbeat>(Allocator);

        File.Delete(folder.File);

        AwaitAssert(() => Assert.True(File.Exists(folder.File)), TimeSpan.FromSeconds(60));
        End();
    }

    private void BeginWith(SqliteCheckpoint checkpoint)
    {
        End();
        Checkpoint = checkpoint;
        Begin();
        Registration++;
        Register();
    }

    private sealed class FaultyCheckpoint : ICheckpoint
    {
        private readonly MemoryCheckpoint _inner = new();

        public bool Fails { get; set; }

        public TaskCompletionSource? Hangs { get; set; }

        public Task<AgentMemory> Load() => _inner.Load();

        public async Task Save(IReadOnlyList<CheckpointChange> changes)
        {
            if (Fails)
                throw new IOException("no space left on device");
            if (Hangs is { } hangs)
                await hangs.Task;
            await _inner.Save(changes);
        }

        public ValueTask DisposeAsync() => _inner.DisposeAsync();
    }
}
