using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.Specs.Configuration;

public class HoconSubstitutionSpecs
{
    [Theory]
    [InlineData("a { b = 1, c = ${a.b}, d = ${a.c}23 }", "a.c", "1")]
    [InlineData("a { b = 1, c = ${a.b}, d = ${a.c}23 }", "a.d", "123")]
    [InlineData("x = ${y}\ny = later", "x", "later")]
    [InlineData("name = Roger\ng = Hello my name is ${name}", "g", "Hello my name is Roger")]
    [InlineData("a = ${?missing}\nb = 1", "a", null)]
    [InlineData("a = before\na = ${?missing}", "a", "before")]
    [InlineData("a = x${?missing}y", "a", "xy")]
    [InlineData("\"k.1\" = v\na = ${\"k.1\"}", "a", "v")]
    [InlineData("a = ${ b }\nb = 1", "a", "1")]
    [InlineData("path = a\npath = ${path}\":/x\"", "path", "a:/x")]
    [InlineData("p = a\np = ${p}b\np = ${p}c", "p", "abc")]
    [InlineData("a.p = a\na { p = ${a.p}b }", "a.p", "ab")]
    [InlineData("a = ${b}\nb = ${c}\nc = ${d}\nd = end", "a", "end")]
    [InlineData("a { x = ${b.y} }\nb { y = ${a.z}, }\na.z = 1", "a.x", "1")]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }", "bar.baz", "42")]
    [InlineData("a = ${b} { x = 2 }\nb { x = 1, y = 3 }", "a.x", "2")]
    [InlineData("a = ${b} { x = 2 }\nb { x = 1, y = 3 }", "a.y", "3")]
    [InlineData("a = ${b}\na.x = 2\nb { x = 1, y = 3 }", "a.y", "3")]
    [InlineData("a = ${b}\na.x = 2\nb { x = 1, y = 3 }", "a.x", "2")]
    [InlineData("a = ${b}\na.x = 2\nb { x = 1, y = 3 }", "b.x", "1")]
    [InlineData("a { k = 1 }\na = ${b}\nb { x = 1 }", "a.k", "1")]
    [InlineData("d { x = ${v} }\nv = 5\na = ${d} { v = 6 }", "a.x", "5")]
    public void A_substitution_takes_the_value_of_its_path(string hocon, string path, string? expected)
    {
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString(path));
    }

    [Theory]
    [InlineData("b = [1,2]\na = ${b} [3]")]
    [InlineData("a = [1]\na = ${a} [2,3]")]
    [InlineData("a = [1]\na = ${a} [2]\na += 3")]
    [InlineData("a = ${?a} [1,2,3]")]
    [InlineData("b = [2]\na = [1] ${b} [3]")]
    [InlineData("x = 2\na = [1, ${x}, 3]")]
    [InlineData("a = [1, 2, 3, ${?nothing}]")]
    public void Lists_are_concatenated_with_substituted_ones(string hocon)
    {
        Assert.Equal([1, 2, 3], ConfigurationFactory.ParseString(hocon).GetIntList("a"));
    }

    [Fact]
    public void An_object_can_be_substituted_and_stays_independent()
    {
        var config = ConfigurationFactory.ParseString("a { b { foo = hello, bar = 123 }, c { d = xyz, e = ${a.b} } }");
        var section = config.GetConfig("a.c.e");

        Assert.Equal("hello", section.GetString("foo"));
        Assert.Equal(123, section.GetInt("bar"));
    }

    [Fact]
    public void An_undefined_optional_substitution_leaves_no_key()
    {
        var config = ConfigurationFactory.ParseString("a { b = ${?missing}, c = 1 }");

        Assert.False(config.HasPath("a.b"));
        Assert.Equal(["c"], config.GetConfig("a").AsEnumerable().Select(pair => pair.Key));
    }

    [Fact]
    public void The_environment_is_asked_last()
    {
        Environment.SetEnvironmentVariable("HOCON_SPECS_VALUE", "from-environment");

        Assert.Equal("from-environment", ConfigurationFactory.ParseString("a = ${HOCON_SPECS_VALUE}").GetString("a"));
        Assert.Equal("from-environment", ConfigurationFactory.ParseString("a = 1\na = ${?HOCON_SPECS_VALUE}").GetString("a"));
        Assert.Equal("x", ConfigurationFactory.ParseString("HOCON_SPECS_VALUE = x\na = ${HOCON_SPECS_VALUE}").GetString("a"));
        Assert.Equal(
            "from-environment:/x",
            ConfigurationFactory.ParseString("HOCON_SPECS_VALUE = ${HOCON_SPECS_VALUE}\":/x\"").GetString("HOCON_SPECS_VALUE"));
    }

    [Theory]
    [InlineData("x = 1\na = ${missing.path}", "${missing.path}", "line 2, column 5")]
    [InlineData("a = ${b}\nb = ${a}", "Unresolved", "line")]
    [InlineData("a = ${a}x", "${a}", "line 1, column 5")]
    [InlineData("a { b = ${a} }", "part of", "itself")]
    public void A_substitution_without_a_value_is_an_error(string hocon, string expected, string alsoExpected)
    {
        var error = Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString(hocon));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(alsoExpected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Substitutions_in_an_include_are_relative_to_where_it_is_included()
    {
        static HoconRoot Include(string name) => Parser.Parse(name == "outer" ? "f = 1\ne { include \"inner\" }" : "x = 123\ny = ${x}", Include);

        var config = ConfigurationFactory.ParseString("a.b.c {\n d {\n include \"outer\"\n }\n}", Include);

        Assert.Equal(123, config.GetInt("a.b.c.d.e.x"));
        Assert.Equal(123, config.GetInt("a.b.c.d.e.y"));
    }
}
