namespace ActorScheduler.Model.Specs;

public sealed class ResourceTextSpecs
{
    [Theory]
    [InlineData("cpus:2;mem:1024;ports:[31000-32000]")]
    [InlineData("cpus:0.125;disk:4096;gpus:1")]
    [InlineData("cpus:1;bandwidth:10;cpus(eng):4;cpus(eng/web, alice):2")]
    [InlineData("disks:{sda, sdb};mem(eng):1")]
    public void Text_survives_a_round_trip(string text)
    {
        Resources read = ResourceText.Parse(text).Value;
        Assert.Equal(read, ResourceText.Parse(read.ToString()).Value);
        Assert.Equal(text.Split(';').Order(StringComparer.Ordinal), read.ToString().Split(';').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parts_of_one_kind_add_up() =>
        Assert.Equal("cpus:3", ResourceText.Parse(" cpus : 1 ; cpus:2; ").Value.ToString());

    [Fact]
    public void The_default_role_applies_where_none_is_named() =>
        Assert.Equal(["eng"], ResourceText.Parse("cpus:1;mem(*):5", "eng").Value.ReservedRoles());

    [Fact]
    public void A_principal_means_dynamic() =>
        Assert.True(ResourceText.Parse("cpus(eng, alice):1").Value.Objects().Single().Key.IsDynamicallyReserved);

    [Theory]
    [InlineData("cpus", "cpus", "name:value")]
    [InlineData("cpus:-1", "cpus", "negative")]
    [InlineData("cpus:NaN", "cpus", "finite")]
    [InlineData("cpus:two", "cpus", "not a number")]
    [InlineData("cpus:1e300", "cpus", "at most")]
    [InlineData("cpus:[1-2]", "cpus.type", "SCALAR")]
    [InlineData("ports:5", "ports.type", "RANGES")]
    [InlineData("cpus(a//b):1", "cpus(a//b)", "//")]
    [InlineData("cpus(*, bob):1", "cpus(*, bob)", "cannot be reserved")]
    [InlineData("x y:1", "x y", "must not contain")]
    public void Bad_text_names_the_part_and_the_reason(string text, string field, string reason)
    {
        Problem problem = ResourceText.Parse(text).Problem!;
        Assert.Equal(field, problem.Field);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }
}
