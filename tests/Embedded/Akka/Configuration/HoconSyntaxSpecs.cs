using Akka.Configuration;

namespace Akka.Specs.Configuration;

public class HoconSyntaxSpecs
{
    [Theory]
    [InlineData("a = 1", "a", "1")]
    [InlineData("a : 1", "a", "1")]
    [InlineData("{ a : 1 }", "a", "1")]
    [InlineData("{ a : 1 }\nb = 2", "b", "2")]
    [InlineData("\"a\" : 1", "a", "1")]
    [InlineData("a = 1,", "a", "1")]
    [InlineData("a = 1, b = 2", "b", "2")]
    [InlineData("a=1\nb=2", "b", "2")]
    [InlineData("a=1\r\nb=2\r\n", "a", "1")]
    [InlineData("\uFEFFa = 1", "a", "1")]
    [InlineData("a =\n\n  1", "a", "1")]
    [InlineData("a\n{ b = 1 }", "a.b", "1")]
    [InlineData("a= \t \t 1 2 3 \t \t,", "a", "1 2 3")]
    [InlineData("a = 127.0.0.1", "a", "127.0.0.1")]
    [InlineData("a = Outer+Nested", "a", "Outer+Nested")]
    [InlineData("a.b.c = 1", "a.b.c", "1")]
    [InlineData("a { b { c = 1 } }", "a.b.c", "1")]
    [InlineData("a . b = 1", "a.b", "1")]
    [InlineData("3.14 : 42", "3.14", "42")]
    [InlineData("3 { 14 : 42 }", "3.14", "42")]
    [InlineData("true : 42", "true", "42")]
    [InlineData("a b c : 42", "a b c", "42")]
    [InlineData("\"a.b\".c = 1", "\"a.b\".c", "1")]
    [InlineData("\"some quoted, key\" = 1", "some quoted, key", "1")]
    [InlineData("include = 1", "include", "1")]
    [InlineData("includes.x = 1", "includes.x", "1")]
    [InlineData("a = /user/service", "a", "/user/service")]
    public void A_scalar_is_found_under_its_path(string hocon, string path, string expected)
    {
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString(path));
    }

    [Theory]
    [InlineData("# comment\na = 1", "1")]
    [InlineData("// comment\na = 1", "1")]
    [InlineData("a = 1 # comment", "1")]
    [InlineData("a = 1 // comment", "1")]
    [InlineData("a = 1// comment", "1")]
    [InlineData("a = \"# no comment\"", "# no comment")]
    [InlineData("a = \"// no comment\"", "// no comment")]
    [InlineData("a = # the value is below\n 1", "1")]
    [InlineData("a = 1\n# the end", "1")]
    public void Comments_are_no_part_of_values(string hocon, string expected)
    {
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString("a"));
    }

    [Theory]
    [InlineData(@"a = ""hello""", "hello")]
    [InlineData(@"a = """"", "")]
    [InlineData(@"a = ""q\""b\\s\/\t\n\r\f\bz""", "q\"b\\s/\t\n\r\f\bz")]
    [InlineData(@"a = ""\u00e9""", "é")]
    [InlineData(@"a = """"""C:\Dev\x""""""", @"C:\Dev\x")]
    [InlineData("a = \"\"\"two\nlines\"\"\"", "two\nlines")]
    [InlineData("a = \"\"\"\"quoted\"\"\"\"", "\"quoted\"")]
    [InlineData("a = \"null\"", "null")]
    [InlineData("a = x \"y  z\" w", "x y  z w")]
    [InlineData("a = x\"y\"z", "xyz")]
    [InlineData("a = 10 \"s\"", "10 s")]
    public void Strings_may_be_quoted_and_concatenated(string hocon, string expected)
    {
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString("a"));
    }

    [Fact]
    public void Null_hides_what_was_there_and_reads_as_missing()
    {
        var config = ConfigurationFactory.ParseString("a.b = 1\na = null\na.c = 3\nn = null");

        Assert.Null(config.GetString("a.b"));
        Assert.Equal("3", config.GetString("a.c"));
        Assert.Null(config.GetString("n"));
        Assert.Equal(7, config.GetInt("n", 7));
    }

    [Theory]
    [InlineData("a = [1,2,3]", new[] { "1", "2", "3" })]
    [InlineData("a = [1\n2\n3]", new[] { "1", "2", "3" })]
    [InlineData("a =\n[\n 1,\n 2, # two\n 3,\n]", new[] { "1", "2", "3" })]
    [InlineData("a = [1 2 3]", new[] { "1 2 3" })]
    [InlineData("a = [1,2] [3]", new[] { "1", "2", "3" })]
    [InlineData("a = []", new string[0])]
    [InlineData("a = [\"x, y\", z]", new[] { "x, y", "z" })]
    [InlineData("a += 1\na += 2", new[] { "1", "2" })]
    [InlineData("a = [0]\na += 1", new[] { "0", "1" })]
    [InlineData("a.0 = x\na.1 = y", new[] { "x", "y" })]
    [InlineData("a = \"\"", new string[0])]
    public void Lists_hold_their_elements_in_order(string hocon, string[] expected)
    {
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetStringList("a"));
    }

    [Fact]
    public void Lists_next_to_each_other_in_a_list_are_one_element()
    {
        var outer = ConfigurationFactory.ParseString("a = [[1,2] [3,4], [5]]").GetValue("a").GetArray();

        Assert.Equal(2, outer.Count);
        Assert.Equal([1, 2, 3, 4], outer[0].GetIntList());
        Assert.Equal([5], outer[1].GetIntList());
    }

    [Fact]
    public void Objects_of_one_key_merge_and_later_keys_win()
    {
        var config = ConfigurationFactory.ParseString("a.b { x = 1, y = 2 }\na.b = { y = 3 } { z = 4 }\na { b.w = 5 }");

        Assert.Equal(1, config.GetInt("a.b.x"));
        Assert.Equal(3, config.GetInt("a.b.y"));
        Assert.Equal(4, config.GetInt("a.b.z"));
        Assert.Equal(5, config.GetInt("a.b.w"));
    }

    [Fact]
    public void A_scalar_replaces_an_object_and_the_other_way_round()
    {
        Assert.Equal("1", ConfigurationFactory.ParseString("a { b = 2 }\na = 1").GetString("a"));
        Assert.Equal("2", ConfigurationFactory.ParseString("a = 1\na { b = 2 }").GetString("a.b"));
    }

    [Fact]
    public void Closing_braces_may_be_missing_at_the_end()
    {
        Assert.Equal(1, ConfigurationFactory.ParseString("a {\n b {\n c = 1\n }").GetInt("a.b.c"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t ")]
    [InlineData("# nothing")]
    [InlineData("{}")]
    public void A_text_without_keys_is_empty(string hocon)
    {
        Assert.True(ConfigurationFactory.ParseString(hocon).IsEmpty);
    }

    [Theory]
    [InlineData("a = 1\nb", 2, 2)]
    [InlineData("a = ", 1, 5)]
    [InlineData("a = 1\n  = 2", 2, 3)]
    [InlineData("a = 1 }", 1, 7)]
    [InlineData("a = [1, 2", 1, 5)]
    [InlineData("a = [1 }", 1, 8)]
    [InlineData("x = 1\na = \"open", 2, 5)]
    [InlineData("a = \"\"\"open\"\"", 1, 5)]
    [InlineData("a = \"C:\\dev\"", 1, 8)]
    [InlineData("a = \"\\u12g4\"", 1, 6)]
    [InlineData("a = ${b", 1, 5)]
    [InlineData("a = ${}", 1, 5)]
    [InlineData("a = akka.tcp://Cluster@127.0.0.1:4053", 1, 13)]
    [InlineData("a = [akka.tcp://Cluster@127.0.0.1:4053]", 1, 14)]
    [InlineData("a = @b", 1, 5)]
    [InlineData("a..b = 1", 1, 3)]
    [InlineData("a = 1\n\n   include required(file(\"no-such-file.conf\"))", 3, 4)]
    [InlineData("a = [1] x", 1, 5)]
    [InlineData("a = { b = 1 } [2]", 1, 5)]
    public void Text_that_is_not_hocon_is_an_error_with_line_and_column(string hocon, int line, int column)
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));

        Assert.Contains($"line {line}, column {column}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_nesting_is_an_error_and_no_stack_overflow()
    {
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("a = " + new string('[', 100_000)));
        Assert.Throws<ConfigurationException>(
            () => ConfigurationFactory.ParseString(string.Concat(Enumerable.Repeat("a{", 100_000))));
    }
}
