using Akka.Actor;

namespace Akka.Specs.Paths;

public sealed class ActorPathSpecs
{
    private static readonly ActorPath Root = new RootActorPath(new Address("akka", "sys"));
    private static readonly Address Remote = new("akka.tcp", "sys", "host", 1);

    [Fact]
    public void A_path_has_its_elements_name_parent_and_root()
    {
        var path = Root / "user" / "a" / "b";

        Assert.Equal("akka://sys/user/a/b", path.ToString());
        Assert.Equal("/user/a/b", path.ToStringWithoutAddress());
        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal("b", path.Name);
        Assert.Equal(Root / "user" / "a", path.Parent);
        Assert.Equal(Root, path.Root);
        Assert.Equal(3, path.Depth);
        Assert.Equal(Root / "user", path.ParentOf(1));
        Assert.Equal(Root / "user", path.ParentOf(-2));
        Assert.Equal("akka://sys/", Root.ToString());
        Assert.Same(Root, Root.Parent);
    }

    [Fact]
    public void The_uid_tells_incarnations_but_not_paths_apart()
    {
        var first = (Root / "user" / "a").WithUid(7);

        Assert.Equal(7, first.Uid);
        Assert.Equal(Root / "user" / "a", first);
        Assert.Equal((Root / "user" / "a").GetHashCode(), first.GetHashCode());
        Assert.Equal("akka://sys/user/a#7", first.ToStringWithUid());
        Assert.Equal("akka://sys/user/a", first.ToString());
    }

    [Fact]
    public void A_local_path_takes_an_address_and_a_full_one_keeps_its_own()
    {
        var local = (Root / "user" / "a").WithUid(7);
        var full = new RootActorPath(Remote) / "user";

        Assert.Equal("akka.tcp://sys@host:1/user/a#7", local.ToSerializationFormatWithAddress(Remote));
        Assert.Equal("akka.tcp://sys@host:1/user", full.ToStringWithAddress(new Address("akka.tcp", "sys", "other", 2)));
    }

    [Theory]
    [InlineData("akka://sys/user/a/b")]
    [InlineData("akka://sys/user/a#42")]
    [InlineData("akka.tcp://sys@host:1/user/$a/%20x")]
    [InlineData("akka://sys/")]
    public void A_path_comes_back_from_its_serialized_form(string text)
    {
        var path = ActorPath.Parse(text);

        Assert.Equal(text, path.ToSerializationFormat());
        Assert.Equal(path, ActorPath.Parse(path.ToSerializationFormat()));
        Assert.Equal(path.Uid, ActorPath.Parse(path.ToSerializationFormat()).Uid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("user/a")]
    [InlineData("/user/a")]
    [InlineData("akka://sys@host/user")]
    [InlineData("akka://sys/user/a#seven")]
    public void What_is_no_path_is_refused(string text)
    {
        Assert.False(ActorPath.TryParse(text, out _));
        Assert.Throws<UriFormatException>(() => ActorPath.Parse(text));
    }

    [Theory]
    [InlineData("simple", true)]
    [InlineData("with-._*+:@&=,!~';()", true)]
    [InlineData("%20encoded", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("$mine", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a#b", false)]
    [InlineData("%2", false)]
    [InlineData("%zz", false)]
    [InlineData("ä", false)]
    public void Names_are_of_letters_digits_and_a_few_symbols(string? name, bool isValid) =>
        Assert.Equal(isValid, ActorPath.IsValidPathElement(name!));

    [Fact]
    public void Paths_are_ordered_by_address_and_elements()
    {
        ActorPath[] ordered = [Root, Root / "a", Root / "a" / "b", Root / "b", new RootActorPath(Remote) / "a"];

        Assert.Equal(ordered, ordered.Reverse().Order());
    }
}
