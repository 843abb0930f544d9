using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.Specs.Configuration;

public sealed class HoconIncludeSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hocon-specs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("include \"foo\"")]
    [InlineData("include file(\"foo\")")]
    [InlineData("include required(\"foo\")")]
    [InlineData("include required(file(\"foo\"))")]
    public void The_callback_answers_includes(string statement)
    {
        var asked = new List<string>();
        HoconRoot Include(string name)
        {
            asked.Add(name);
            return Parser.Parse("x = 123\ny = hello", null);
        }

        var config = ConfigurationFactory.ParseString($"a {{ b {{ {statement} }} }}", Include);

        Assert.Equal(["foo"], asked);
        Assert.Equal(123, config.GetInt("a.b.x"));
        Assert.Equal("hello", config.GetString("a.b.y"));
    }

    [Fact]
    public void An_include_overrides_what_is_before_it_and_yields_to_what_is_after()
    {
        var config = ConfigurationFactory.ParseString(
            "a = 1, b = 1\ninclude \"x\"\nc = 3", _ => Parser.Parse("b = 2\nc = 2", null));

        Assert.Equal([1, 2, 3], new[] { "a", "b", "c" }.Select(key => config.GetInt(key)));
    }

    [Fact]
    public void One_tree_included_twice_is_two_trees()
    {
        var shared = Parser.Parse("o { x = 1 }", null);
        var config = ConfigurationFactory.ParseString("a { include \"s\" }\nb { include \"s\" }\na.o.x = 2", _ => shared);

        Assert.Equal(2, config.GetInt("a.o.x"));
        Assert.Equal(1, config.GetInt("b.o.x"));
    }

    [Fact]
    public void Files_are_found_relative_to_the_including_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        File.WriteAllText(Path.Combine(_folder, "top.conf"), "x = 1\ninner { include \"sub/one.conf\" }");
        File.WriteAllText(Path.Combine(_folder, "sub", "one.conf"), "include \"two.conf\"\none = ${two}${x}");
        File.WriteAllText(Path.Combine(_folder, "sub", "two.conf"), "two = 2");

        var config = ConfigurationFactory.ParseString($"include \"{Path.Combine(_folder, "top.conf")}\"");

        Assert.Equal(2, config.GetInt("inner.two"));
        Assert.Equal(21, config.GetInt("inner.one"));
    }

    [Fact]
    public void A_missing_file_is_empty()
    {
        var config = ConfigurationFactory.ParseString("a = 1\ninclude \"no-such-file.conf\"\nb = 2");

        Assert.Equal(2, config.GetInt("b"));
    }

    [Fact]
    public void An_error_in_an_included_file_names_the_file()
    {
        var file = Path.Combine(_folder, "bad.conf");
        File.WriteAllText(file, "a = 1\nb = @");

        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString($"include \"{file}\""));

        Assert.Contains($"{file}, line 2, column 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_includes_itself_is_an_error()
    {
        var file = Path.Combine(_folder, "self.conf");
        File.WriteAllText(file, "a { include \"self.conf\" }");

        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString($"include \"{file}\""));
    }
}
