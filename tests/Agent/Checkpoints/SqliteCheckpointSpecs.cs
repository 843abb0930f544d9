using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using Microsoft.Data.Sqlite;

namespace ActorScheduler.Agent.Specs.Checkpoints;

public sealed class SqliteCheckpointSpecs : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_saved_is_there_again()
    {
        AgentBook book = Given.Book();
        book.Launch(Given.Launch(1, Given.Task("a"), Given.Task("b", 3, labels: ("k", "v")), Given.Task("c", 9)));
        book.Change(Given.Key("a"), Given.Status("a", TaskState.Running));
        book.WantEnd(Given.Key("b"), new Stop(TimeSpan.FromSeconds(3), TaskReason.AgentDraining));
        book.Decided(5, new Stop(null, TaskReason.AgentDraining));
        await using (SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(_folder.File))
            await checkpoint.Save(book.TakeChanges());

        await using SqliteCheckpoint again = SqliteCheckpoint.Open(_folder.File);
        AgentBook loaded = Given.Book(await again.Load());

        Assert.Equal((5, book.Identity.Drain, book.Identity.Total), (loaded.Identity.Decision, loaded.Identity.Drain, loaded.Identity.Total));
        Assert.Equal(book.Used, loaded.Used);
        Assert.Equal(book.AllOwed().Select(status => status.Uuid), loaded.AllOwed().Select(status => status.Uuid));
        Assert.Equal(book.Tasks[Given.Key("b")].End, loaded.Tasks[Given.Key("b")].End);
        Assert.Equal(book.Tasks[Given.Key("a")].RunId, loaded.Tasks[Given.Key("a")].RunId);
    }

    [Fact]
    public async Task What_runs_a_task_is_kept_and_may_be_missing_in_what_was_kept_before()
    {
        AgentBook book = Given.Book();
        book.Launch(Given.Launch(1, Given.Task("a"), Given.Task("b")), static _ => null, static () => Guid.NewGuid().ToString("N"), Given.Now, static _ => "docker");
        book.Bind("docker", new Containers.EngineName("id", "unix:///d"));
        await using (SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(_folder.File))
        {
            await checkpoint.Save([new CheckpointChange.Identify(Given.Identity)]);
            await checkpoint.Save(book.TakeChanges());
        }
        using (var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE tasks SET launch = json_remove(launch, '$.Containerizer', '$.containerizer') WHERE task = 'b'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await using SqliteCheckpoint again = SqliteCheckpoint.Open(_folder.File);
        AgentMemory memory = await again.Load();

        Assert.Equal(["docker", null], memory.Tasks.OrderBy(static task => task.Launch.Task.Id.Value).Select(static task => task.Containerizer));
        Assert.Equal(new Containers.EngineName("id", "unix:///d"), memory.Identity!.Engines["docker"]);
    }

    [Fact]
    public async Task The_same_changes_may_be_saved_twice_and_what_is_delivered_is_gone()
    {
        await using SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(_folder.File);
        AgentBook book = Given.Book();
        book.Launch(Given.Launch(1, Given.Task("a")));
        book.Change(Given.Key("a"), Given.Status("a", TaskState.Finished));
        IReadOnlyList<CheckpointChange> changes = book.TakeChanges();
        await checkpoint.Save(changes);
        await checkpoint.Save(changes);
        Assert.Single((await checkpoint.Load()).Updates);

        book.Delivered(Given.FrameworkId, [.. book.AllOwed().Select(status => new Protocol.UpdateKey(status.TaskId, status.Uuid!.Value))]);
        await checkpoint.Save(book.TakeChanges());

        AgentMemory memory = await checkpoint.Load();
        Assert.Empty(memory.Tasks);
        Assert.Empty(memory.Updates);
    }

    [Fact]
    public async Task A_task_changes_its_state_and_keeps_its_launch_and_a_successor_of_its_id_has_its_own()
    {
        AgentBook book = Given.Book();
        book.Launch(Given.Launch(1, Given.Task("a", labels: ("which", "first"))));
        await using SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(_folder.File);
        await checkpoint.Save(book.TakeChanges());
        book.Change(Given.Key("a"), Given.Status("a", TaskState.Running));
        await checkpoint.Save(book.TakeChanges());

        KeptTask kept = Assert.Single((await checkpoint.Load()).Tasks);
        Assert.Equal((TaskState.Running, "first"), (kept.Status.State, kept.Launch.Task.Labels.Single().Value));

        book.Change(Given.Key("a"), Given.Status("a", TaskState.Failed));
        book.Delivered(Given.FrameworkId, [.. book.AllOwed().Select(status => new Protocol.UpdateKey(status.TaskId, status.Uuid!.Value))]);
        book.Launch(Given.Launch(2, Given.Task("a", labels: ("which", "second"))));
        await checkpoint.Save(book.TakeChanges());

        kept = Assert.Single((await checkpoint.Load()).Tasks);
        Assert.Equal((TaskState.Staging, "second"), (kept.Status.State, kept.Launch.Task.Labels.Single().Value));
    }

    [Theory]
    [InlineData("UPDATE tasks SET launch = '{\"Fra'", "task 'a' of framework 'f-1'")]
    [InlineData("UPDATE tasks SET launch = '{}'", "task 'a' of framework 'f-1'")]
    [InlineData("UPDATE tasks SET state = '{\"Sta'", "task 'a' of framework 'f-1'")]
    [InlineData("UPDATE tasks SET state = '{}'", "task 'a' of framework 'f-1'")]
    [InlineData("UPDATE tasks SET task = 'other'", "task 'other' of framework 'f-1'")]
    [InlineData("UPDATE updates SET value = 'null'", "update 1")]
    [InlineData("UPDATE updates SET value = replace(value, 'Running', 'Flying')", "update 1")]
    [InlineData("UPDATE identity SET value = '{}'", "identity")]
    public async Task A_row_that_cannot_be_read_is_named_and_never_skipped(string damage, string named)
    {
        AgentBook book = Given.Book();
        book.Launch(Given.Launch(1, Given.Task("a")));
        book.Change(Given.Key("a"), Given.Status("a", TaskState.Running));
        await using (SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(_folder.File))
            await checkpoint.Save(book.TakeChanges());
        using (var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The spec's own text.
            command.CommandText = damage;
#pragma warning restore CA2100
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await using SqliteCheckpoint again = SqliteCheckpoint.Open(_folder.File);
        var error = await Assert.ThrowsAsync<CheckpointException>(again.Load);

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_is_refused_also_before_the_first_has_written()
    {
        await using (SqliteCheckpoint made = SqliteCheckpoint.Open(_folder.File))
            await made.Load();

        await using SqliteCheckpoint first = SqliteCheckpoint.Open(_folder.File);
        var error = Assert.Throws<CheckpointException>(() => SqliteCheckpoint.Open(_folder.File));

        Assert.Equal($"{_folder.File}: another process has it", error.Message);
    }

    [Fact]
    public void What_is_no_database_is_told_and_left_alone()
    {
        File.WriteAllText(_folder.File, new string('x', 5000));

        var error = Assert.Throws<CheckpointException>(() => SqliteCheckpoint.Open(_folder.File));

        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(_folder.File).Length);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(_folder.File, "");

        Assert.StartsWith($"{_folder.File}/agent.db", Assert.Throws<CheckpointException>(() => SqliteCheckpoint.Open($"{_folder.File}/agent.db")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent.db", "")]
    [InlineData("agent.db-wal", "")]
    [InlineData("agent.db", "something else")]
    [InlineData("", "")]
    public async Task A_file_that_was_taken_away_is_noticed_before_anything_counts_and_can_be_made_anew(string gone, string instead)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "agent")).FullName;
        string file = Path.Combine(folder, "agent.db");
        AgentBook book = Given.Book();
        book.Launch(Given.Launch(1, Given.Task("a")));
        await using (SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(file))
        {
            await checkpoint.Save([new CheckpointChange.Identify(Given.Identity)]);
            await checkpoint.Save(book.TakeChanges());
            if (gone.Length == 0)
                Directory.Delete(folder, recursive: true);
            else
                File.Delete(Path.Combine(folder, gone));
            if (instead.Length > 0)
                await File.WriteAllTextAsync(file, instead);
            book.Launch(Given.Launch(2, Given.Task("b")));

            var error = await Assert.ThrowsAsync<CheckpointReplacedException>(() => checkpoint.Save(book.TakeChanges()));
            Assert.EndsWith("was deleted or replaced while the agent was running", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<CheckpointReplacedException>(() => checkpoint.Save([]));

            await checkpoint.Renew(book.Everything());
            book.Change(Given.Key("b"), Given.Status("b", TaskState.Running));
            await checkpoint.Save(book.TakeChanges());
        }

        await using SqliteCheckpoint again = SqliteCheckpoint.Open(file);
        AgentMemory memory = await again.Load();
        Assert.Equal([("a", TaskState.Staging), ("b", TaskState.Running)], memory.Tasks.Select(static task => (task.Launch.Task.Id.Value, task.Status.State)).Order());
        Assert.Equal(Given.AgentId, memory.Identity!.AgentId);
        Assert.Equal("b", Assert.Single(memory.Updates).Status.TaskId.Value);
        if (instead.Length > 0)
            Assert.Equal(instead, await File.ReadAllTextAsync($"{file}.replaced"));
    }

    [Fact]
    public async Task A_file_that_is_put_back_goes_on_as_it_was()
    {
        await using SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(_folder.File);
        AgentBook book = Given.Book();
        await checkpoint.Save(book.TakeChanges());
        File.Move(_folder.File, _folder.File + ".away");
        book.Launch(Given.Launch(1, Given.Task("a")));
        IReadOnlyList<CheckpointChange> changes = book.TakeChanges();
        await Assert.ThrowsAsync<CheckpointReplacedException>(() => checkpoint.Save(changes));

        File.Move(_folder.File + ".away", _folder.File);
        await checkpoint.Save(changes);

        Assert.Single((await checkpoint.Load()).Tasks);
    }

    [Fact]
    public async Task A_full_disk_fails_the_save_as_a_whole_and_the_next_one_succeeds()
    {
        await using SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(_folder.File);
        AgentBook book = Given.Book();
        await checkpoint.Save(book.TakeChanges());
        checkpoint.LimitPages(8);
        book.Launch(Given.Launch(1, Given.Task("a"), Given.Task("b", 1, labels: ("big", new string('x', 200_000)))));
        IReadOnlyList<CheckpointChange> changes = book.TakeChanges();

        Assert.Contains("full", (await Assert.ThrowsAsync<SqliteException>(() => checkpoint.Save(changes))).Message, StringComparison.Ordinal);
        Assert.Empty((await checkpoint.Load()).Tasks);

        checkpoint.LimitPages(1_000_000);
        await checkpoint.Save(changes);
        Assert.Equal(2, (await checkpoint.Load()).Tasks.Count);
    }
}
