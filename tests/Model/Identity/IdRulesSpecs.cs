namespace ActorScheduler.Model.Specs;

public sealed class IdRulesSpecs
{
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\u0007")]
    [InlineData(null)]
    public void Bad_ids_are_told_with_their_field(string? id) => Assert.Equal("task_id", TaskId.Parse(id, "task_id").Problem!.Field);

    [Fact]
    public void Length_is_bounded()
    {
        Assert.True(TaskId.Parse(new string('a', 255)).IsOk);
        Assert.False(TaskId.Parse(new string('a', 256)).IsOk);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("a", true)]
    [InlineData("a/b-c/d", true)]
    [InlineData("...", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData("a/*", false)]
    [InlineData("a/../b", false)]
    [InlineData("a/./b", false)]
    [InlineData("-a", false)]
    [InlineData("a/-b", false)]
    [InlineData("a b", false)]
    [InlineData("a\tb", false)]
    public void Roles_follow_the_rules_of_mesos(string role, bool valid) => Assert.Equal(valid, RoleName.Check("role", role) is null);

    [Fact]
    public void Role_paths_are_compared_by_component()
    {
        Assert.True(RoleName.IsDescendant("eng/web", "eng"));
        Assert.False(RoleName.IsDescendant("english", "eng"));
        Assert.True(RoleName.IsSelfOrDescendant("eng", "eng"));
        Assert.Equal("eng", RoleName.TopLevel("eng/web/a"));
        Assert.Equal(3, RoleName.Depth("eng/web/a"));
    }
}
