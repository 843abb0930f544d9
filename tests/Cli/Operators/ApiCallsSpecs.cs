using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Specs.Operators;

public sealed class ApiCallsSpecs
{
    private static readonly Uri Node = new("http://host:8080");

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_a_request_that_names_all_of_it(IProtocolMessage message, string request)
    {
        using HttpRequestMessage made = ApiCalls.Of(message, Node);

        Assert.Equal(request, $"{made.Method} {made.RequestUri!.PathAndQuery}");
    }

    [Fact]
    public void A_command_carries_its_id_so_that_it_may_be_sent_again()
    {
        var id = Guid.NewGuid();
        using HttpRequestMessage made = ApiCalls.Of(new SetWeight(id, "eng", 2), Node);

        Assert.Equal($"{id}", Assert.Single(made.Headers.GetValues("Idempotency-Key")));
    }

    public static TheoryData<IProtocolMessage, string> Messages() => new()
    {
        { new GetAgents(), "GET /v1/agents?count=100" },
        { new GetAgents(new AgentId("a b"), 5), "GET /v1/agents?after=a%20b&count=5" },
        { new GetOffers(FrameworkId: new FrameworkId("f")), "GET /v1/offers?count=100&framework=f" },
        { new SetWeight(Guid.Empty, "a/b c", 2), "PUT /v1/weights/a/b%20c" },
        { new ScheduleMaintenance(Guid.Empty, new AgentId("a"), null), "DELETE /v1/agents/a/maintenance" },
        { new ExplainOffers(new FrameworkId("f"), "eng", new WantedSize(Quantities.Parse("cpus:1;mem:2").Value, Ports: 1)), "GET /v1/frameworks/f/explanation?role=eng&size=cpus%3A1%3Bmem%3A2&ports=1" },
        { new GetFramework(new FrameworkId("f"), new TaskId("t%"), 3, Completed: true), "GET /v1/frameworks/f/tasks?after=t%25&count=3&completed=true" },
        { new GetFramework(new FrameworkId("f"), Prefix: "we b", AgentId: new AgentId("a")), "GET /v1/frameworks/f/tasks?count=100&prefix=we%20b&agent=a" },
        { new ReadFile(new FrameworkId("f"), new TaskId("t"), "logs/a b", -10, 5, TimeSpan.FromSeconds(1.5)), "GET /v1/frameworks/f/tasks/t/file?path=logs%2Fa%20b&offset=-10&length=5&wait=1.5" },
    };
}
