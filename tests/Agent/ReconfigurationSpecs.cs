using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs;

public sealed class ReconfigurationSpecs
{
    private static readonly Resources Reserved = Resources.Of(cpus: 2).PushReservation(Reservation.Dynamic("eng"));

    /// <summary>2 of 4 cpus are reserved, and a task uses 1 of the others.</summary>
    private static AgentMemory Memory()
    {
        AgentBook book = Given.Book();
        Assert.Null(book.Convert(new Conversion(Resources.Of(cpus: 2), Reserved)));
        book.Launch(Given.Launch(1, Given.Task("a")));
        return new AgentMemory(book.Identity, [.. book.Tasks.Values], []);
    }

    [Fact]
    public void More_is_added_and_reservations_stay()
    {
        AgentIdentity identity = Reconfiguration.Of(Memory(), Given.Host.Add(Resources.Of(cpus: 4))).Value;

        Assert.Equal(Given.Host.Add(Resources.Of(cpus: 2)).Add(Reserved), identity.Total);
    }

    [Fact]
    public void Less_is_taken_away_while_what_is_reserved_and_used_still_fits()
    {
        // 3 cpus: 2 reserved, 1 used.
        AgentIdentity identity = Reconfiguration.Of(Memory(), Resources.Of(cpus: 3, mem: 32)).Value;

        Assert.Equal(Resources.Of(cpus: 1, mem: 32).Add(Reserved), identity.Total);
    }

    [Theory]
    [InlineData(1, 4096, "of which")]
    [InlineData(2, 4096, "what tasks use")]
    [InlineData(4, 16, "what tasks use")]
    public void What_is_reserved_or_used_has_to_be_there(double cpus, double mem, string problem)
    {
        Assert.False(Reconfiguration.Of(Memory(), Resources.Of(cpus: cpus, mem: mem)).TryGet(out _, out Problem? told));

        Assert.Equal("resources", told.Field);
        Assert.Contains(problem, told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_resources_change_nothing()
    {
        AgentMemory memory = Memory();

        Assert.Same(memory.Identity, Reconfiguration.Of(memory, Given.Host).Value);
    }
}
