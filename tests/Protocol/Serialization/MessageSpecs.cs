using System.Runtime.Serialization;
using ActorScheduler.Model;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Protocol.Specs.Serialization;

public sealed class MessageSpecs() : TestKit(ProtocolConfig.Default)
{
    private static readonly FrameworkId Framework = new("f");

    private static readonly TaskInfo Task = new() { Id = new TaskId("t"), Resources = Resources.Of(cpus: 1), Command = new CommandInfo("true") };

    private Akka.Serialization.Serialization Serialization => ((ExtendedActorSystem)Sys).Serialization;

    private SerializerWithStringManifest Serializer => (SerializerWithStringManifest)Serialization.FindSerializerForType(typeof(IProtocolMessage));

    public static TheoryData<Type> Kinds =>
        [.. new[] { typeof(Operation), typeof(OfferOperation), typeof(HealthProbe), typeof(AgentDecision) }.SelectMany(static kind => kind.GetNestedTypes())];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_an_abstract_record_comes_back(Type kind)
    {
        object value = new Samples(TestActor).Of(kind);
        object message = value switch
        {
            Operation operation => new UseOffers(Framework, 1, 1, [new OfferId("o")], [operation], TimeSpan.Zero),
            OfferOperation operation => new AcceptOffers(Framework, Guid.NewGuid(), Guid.NewGuid(), [new OfferId("o")], [operation]),
            AgentDecision decision => new CarryOut(new AgentId("a"), new Epoch(1), [decision]),
            _ => Held(Task with { HealthCheck = new HealthCheck { Probe = (HealthProbe)value } }),
        };

        Same.Expect(message, Roundtrip(message), kind.Name);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_arrives_and_can_be_refused(double weight)
    {
        var message = new SetWeight(Guid.NewGuid(), "eng", weight);

        Same.Expect(message, Roundtrip(message), "message");
    }

    [Fact]
    public void A_task_that_says_little_gets_the_defaults_back() => Same.Expect(Held(Task), Roundtrip(Held(Task)), "message");

    [Fact]
    public void References_to_actors_come_back_as_who_they_are() =>
        Assert.Equal(TestActor, Assert.IsType<KeepSession>(Roundtrip(new KeepSession(Framework, Guid.NewGuid(), TestActor))).Scheduler);

    [Fact]
    public void Fields_that_an_older_version_did_not_write_get_their_defaults()
    {
        Assert.Equal(new GetAgents(), Serializer.FromBinary([], Serializer.Manifest(new GetAgents())));

        byte[] old = Written(static writer => Nest(writer, 5, static tasks => Nest(tasks, 1, static task =>
        {
            Nest(task, 1, static info =>
            {
                info.Text(1, "t");
                Nest(info, 3, static resources => resources.Int(1, 1000));
                Nest(info, 7, static check => Nest(check, 1, static probe => Nest(probe, 2, static http => http.Int(1, 80))));
            });
            task.Text(2, "*");
            Nest(task, 3, static status => status.Text(1, "t"));
        })), before: static writer =>
        {
            writer.Text(1, "f");
            writer.Text(2, "a");
            writer.Text(3, "akka://all-systems/deadLetters");
        });

        var read = Assert.IsType<TasksHeld>(Serializer.FromBinary(old, Serializer.Manifest(Held(Task))));

        var expected = new TaskInfo { Id = new TaskId("t"), Resources = Resources.Of(cpus: 1), HealthCheck = new HealthCheck { Probe = new HealthProbe.Http(80) } };
        Same.Expect(expected, read.Tasks.Single().Task, "task");
        Assert.True(read.IsLast);
    }

    [Fact]
    public void A_field_that_a_newer_version_added_within_a_value_is_passed_over()
    {
        byte[] newer = Written(static writer => Nest(writer, 3, static problem =>
        {
            problem.Text(1, "role");
            Nest(problem, 3, static added => added.Text(1, "deep"));
            problem.Text(2, "is not known");
        }));

        var read = Assert.IsType<CommandRefused>(Serializer.FromBinary(newer, Serializer.Manifest(new CommandRefused(default, default, new Problem("", "")))));

        Assert.Equal(new Problem("role", "is not known"), read.Problem);
    }

    [Theory]
    [InlineData("", "CommandRefused.Problem is missing")]
    [InlineData("1a00", "Problem.Field is missing")]
    [InlineData("1a020a00", "Problem.Reason is missing")]
    [InlineData("107e1a020a00", "RefusalKind 63 is not known")]
    [InlineData("1801", "field 3 is Varint and must be Bytes")]
    public void What_must_be_there_is_refused_by_its_name_when_it_is_not(string hex, string problem)
    {
        string manifest = Serializer.Manifest(new CommandRefused(default, default, new Problem("", "")));

        string message = Assert.Throws<SerializationException>(() => Serializer.FromBinary(Convert.FromHexString(hex), manifest)).Message;

        Assert.StartsWith($"'{manifest}' (CommandRefused) cannot be read: ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_null_and_must_not_be_is_refused_by_its_name_before_it_is_sent()
    {
        AssertRefused("DeclineOffers.OfferIds", new DeclineOffers(Framework, default, default, null!));
        AssertRefused("TaskInfo.Resources", Held(Task with { Resources = null! }));
        AssertRefused("AcceptOffers.Operations[]", new AcceptOffers(Framework, default, default, [], [null!]));
        AssertRefused("CommandInfo.Arguments[]", Held(Task with { Command = new CommandInfo(Arguments: [null!]) }));
        AssertRefused("KeepSession.Scheduler", new KeepSession(Framework, default, null!));
    }

    [Fact]
    public void Resources_that_break_the_rules_are_refused()
    {
        byte[] bytes = Written(static writer => Nest(writer, 4, static resources => Nest(resources, 6, static resource =>
        {
            resource.Text(1, "cpus");
            resource.Int(2, (int)ValueKind.Set);
            Nest(resource, 10, static _ => { });
        })), before: static writer =>
        {
            writer.Text(1, "f");
            writer.Text(2, "x");
            writer.Text(3, "r");
        });

        Assert.Contains("'cpus' must be SCALAR", Assert.Throws<WireException>(() => ReadExecutor(bytes)).Message, StringComparison.Ordinal);
    }

    private static void ReadExecutor(byte[] bytes)
    {
        var reader = new WireReader(bytes, null);
        ActorScheduler.Protocol.Serialization.Forms.EndedExecutorForm.Read(ref reader);
    }

    private TasksHeld Held(TaskInfo task) => new(
        Framework, new AgentId("a"), Sys.DeadLetters, 1, [new TaskOnAgent(task, "*", new TaskUpdate(task.Id, TaskState.Starting, TaskSource.Master))]);

    private static byte[] Written(Action<WireWriter> write, Action<WireWriter>? before = null)
    {
        WireWriter writer = WireWriter.Take();
        before?.Invoke(writer);
        write(writer);
        byte[] bytes = writer.ToArray();
        writer.GiveBack();
        return bytes;
    }

    private static void Nest(WireWriter writer, int field, Action<WireWriter> write)
    {
        int at = writer.Begin(field);
        write(writer);
        writer.End(at);
    }

    private void AssertRefused(string field, object message) =>
        Assert.Contains(field, Assert.Throws<SerializationException>(() => Serializer.ToBinary(message)).Message, StringComparison.Ordinal);

    private object Roundtrip(object message) => Serializer.FromBinary(Serializer.ToBinary(message), Serializer.Manifest(message));
}
