using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs;

/// <summary>Random operations, seeded: each seed is a case of its own.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "It holds nothing but memory.")]
public sealed class AgentBookProperties
{
    private static readonly TaskState[] States =
        [TaskState.Starting, TaskState.Running, TaskState.Killing, TaskState.Finished, TaskState.Failed, TaskState.Killed];

    private readonly MemoryCheckpoint _checkpoint = new();

    /// <summary>Per task, what was told to its framework, each update once.</summary>
    private readonly Dictionary<TaskKey, List<TaskUpdate>> _told = [];
    private readonly HashSet<TaskKey> _taken = [];
    private readonly HashSet<TaskKey> _refused = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Whatever_happens_the_host_is_not_overcommitted_and_each_task_ends_once_and_is_told_of(int seed)
    {
        var random = new Random(seed);
        AgentBook book = Given.Book();
        for (int step = 0; step < 3000; step++)
        {
            Step(book, random, step);
            Assert.True(book.Identity.Total.Contains(book.Used), $"step {step}: {book.Used} of {book.Identity.Total}");
            if (random.Next(4) == 0)
                await _checkpoint.Save(book.TakeChanges());
            if (random.Next(50) == 0)
                book = await Crash(book, step);
        }
        foreach (KeptTask task in book.Live.ToArray())
            book.Change(task.Key, Given.Status(task.Launch.Task.Id.Value, TaskState.Finished) with { TaskId = task.Key.TaskId });
        foreach (FrameworkId framework in book.Owing.ToArray())
            Deliver(book, framework, random, all: true);

        Assert.True(book.Used.IsEmpty);
        Assert.Empty(book.Tasks);
        Assert.Empty(book.Owing);
        Assert.Equal(_taken.Concat(_refused).ToHashSet(), [.. _told.Keys]);
        foreach ((TaskKey key, List<TaskUpdate> told) in _told)
        {
            Assert.Equal(told.Count - 1, told.FindIndex(static status => status.State.IsTerminal()));
            if (_taken.Contains(key))
                Assert.All(told.Zip(told.Skip(1)), static pair => Assert.True(pair.First.State.CanBecome(pair.Second.State)));
        }
        await _checkpoint.Save(book.TakeChanges());
        AgentMemory memory = await _checkpoint.Load();
        Assert.Empty(memory.Tasks);
        Assert.Empty(memory.Updates);
    }

    private void Step(AgentBook book, Random random, int step)
    {
        KeptTask[] live = [.. book.Live];
        switch (random.Next(6))
        {
            case 0:
                Launch(book, random, step);
                break;
            case 1 or 2 when live.Length > 0:
                KeptTask task = live[random.Next(live.Length)];
                book.Change(task.Key, Given.Status("x", States[random.Next(States.Length)]) with { TaskId = task.Key.TaskId });
                break;
            case 3 when book.Owing.Count > 0:
                Deliver(book, book.Owing.ElementAt(random.Next(book.Owing.Count)), random, all: false);
                break;
            case 4:
                Resources some = Resources.Of(cpus: random.Next(1, 3));
                Resources reserved = some.PushReservation(Reservation.Dynamic("eng"));
                book.Convert(random.Next(2) == 0 ? new Conversion(some, reserved) : new Conversion(reserved, some));
                break;
            case 5 when live.Length > 0:
                book.WantEnd(live[random.Next(live.Length)].Key, new Stop(TimeSpan.FromSeconds(random.Next(5)), null));
                break;
        }
    }

    private void Launch(AgentBook book, Random random, int step)
    {
        var framework = new FrameworkId($"f-{random.Next(3)}");
        TaskLaunch[] tasks = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => new TaskLaunch(
            Given.Task($"{step}-{i}", random.Next(1, 8) / 4.0) with
            {
                Executor = random.Next(3) == 0 ? new ExecutorInfo(new ExecutorId($"e-{random.Next(2)}"), Resources.Of(cpus: 0.25)) : null,
            },
            random.Next(3) == 0 ? "group" : null))];
        LaunchTasks launch = Given.Launch(step) with { Framework = new FrameworkBrief(framework, "", "", null), Tasks = tasks };

        LaunchOutcome outcome = book.Launch(launch);

        Assert.Equal(tasks.Length, outcome.Started.Count + outcome.Refused.Count);
        _taken.UnionWith(outcome.Started);
        _refused.UnionWith(outcome.Refused.Select(static task => new TaskKey(task.FrameworkId, task.TaskId)));
    }

    private void Deliver(AgentBook book, FrameworkId framework, Random random, bool all)
    {
        IReadOnlyList<TaskUpdate> owed = book.AllOwed(framework);
        TaskUpdate[] page = [.. all ? owed : owed.Take(random.Next(1, 5))];
        foreach (TaskUpdate status in page)
        {
            var key = new TaskKey(framework, status.TaskId);
            if (!_told.TryGetValue(key, out List<TaskUpdate>? told))
                _told[key] = told = [];
            told.Add(status);
        }
        book.Delivered(framework, [.. page.Select(static status => new UpdateKey(status.TaskId, status.Uuid!.Value))]);
    }

    /// <summary>What was saved last, with all that has come since: the same book again.</summary>
    private async Task<AgentBook> Crash(AgentBook book, int step)
    {
        await _checkpoint.Save(book.TakeChanges());
        AgentBook again = Given.Book(await _checkpoint.Load());

        Assert.True(book.Used.Equals(again.Used), $"step {step}: {book.Used} became {again.Used}");
        Assert.Equal(book.Identity, again.Identity);
        Assert.Equal(book.Tasks.Values.ToHashSet(), [.. again.Tasks.Values]);
        Assert.Equal(book.Owing.ToHashSet(), [.. again.Owing]);
        Assert.All(book.Owing, framework => Assert.Equal(book.AllOwed(framework), again.AllOwed(framework)));
        Assert.Empty(again.TakeChanges());
        return again;
    }
}
