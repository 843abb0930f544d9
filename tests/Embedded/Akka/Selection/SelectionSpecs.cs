using Akka.Actor;
using Akka.Event;

namespace Akka.Specs.Selection;

public class SelectionSpecs : Akka.TestKit.Xunit2.TestKit
{
    private readonly IActorRef _parent;
    private readonly IActorRef[] _children;

    public SelectionSpecs()
    {
        _parent = Sys.ActorOf(Props.Create<Node>(), "parent");
        _children = [Make(_parent, "c1"), Make(_parent, "c2"), Make(_parent, "other")];
        Make(_children[0], "grand");
    }

    [Theory]
    [InlineData("/user/parent", "parent")]
    [InlineData("/user/parent/c?", "c1 c2")]
    [InlineData("/user/parent/c*", "c1 c2")]
    [InlineData("/user/parent/*", "c1 c2 other")]
    [InlineData("/user/*/c1", "c1")]
    [InlineData("/user/parent/*/grand", "grand")]
    [InlineData("/user/parent/c1/../c2", "c2")]
    [InlineData("/user/parent/**", "c1 c2 other grand")]
    [InlineData("user/parent/c1", "c1")]
    [InlineData("akka://test/user/parent/c1", "c1")]
    public void Who_lives_at_the_path_is_reached(string path, string names)
    {
        var expected = names.Split(' ').Order().ToArray();

        Sys.ActorSelection(path).Tell("name");

        Assert.Equal(expected, ReceiveN(expected.Length).Cast<string>().Order());
    }

    [Fact]
    public void Relative_paths_begin_at_the_actor()
    {
        _children[0].Tell("siblings");

        Assert.Equal(["c1", "c2", "other"], ReceiveN(3).Cast<string>().Order());
    }

    [Theory]
    [InlineData("/user/nobody")]
    [InlineData("/user/nobody/at/all")]
    [InlineData("/user/parent/x*")]
    [InlineData("akka://elsewhere/user/parent")]
    public async Task Nobody_is_identified_as_nobody_and_messages_become_dead_letters(string path)
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var selection = Sys.ActorSelection(path);

        selection.Tell("lost");

        var letter = await ExpectMsgAsync<DeadLetter>();
        Assert.Equal("lost", letter.Message is ActorSelectionMessage inner ? inner.Message : letter.Message);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => selection.ResolveOne(TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task One_actor_is_resolved_with_its_incarnation()
    {
        Assert.Equal(_children[0], await Sys.ActorSelection("/user/parent/c1").ResolveOne(TimeSpan.FromSeconds(3)));
        Assert.Equal(_children[0], await Sys.ActorSelection(_children[0].Path.ToStringWithUid()).ResolveOne(TimeSpan.FromSeconds(3)));
        await _children[0].GracefulStop(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/parent/c1").ResolveOne(TimeSpan.FromSeconds(3)));
    }

    private IActorRef Make(IActorRef parent, string name)
    {
        parent.Tell(("make", name));
        return ExpectMsg<IActorRef>();
    }

    private sealed class Node : ReceiveActor
    {
        public Node()
        {
            Receive<(string, string Name)>(make => Sender.Tell(Context.ActorOf(Props.Create<Node>(), make.Name)));
            Receive<string>(message => message == "name", _ => Sender.Tell(Self.Path.Name));
            Receive<string>(message => message == "siblings", _ => Context.ActorSelection("../*").Tell("name", Sender));
        }
    }
}
