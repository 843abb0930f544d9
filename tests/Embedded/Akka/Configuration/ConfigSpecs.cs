using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.Specs.Configuration;

public class ConfigSpecs
{
    [Theory]
    [InlineData("on", true)]
    [InlineData("yes", true)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    [InlineData("no", false)]
    [InlineData("false", false)]
    public void Booleans_have_three_spellings_each(string text, bool expected)
    {
        Assert.Equal(expected, ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a", !expected));
    }

    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("10 s", 10_000)]
    [InlineData("10 seconds", 10_000)]
    [InlineData("\"10 seconds\"", 10_000)]
    [InlineData("1 second", 1_000)]
    [InlineData("0.05 s", 50)]
    [InlineData("1.5 h", 5_400_000)]
    [InlineData("2 hours", 7_200_000)]
    [InlineData("3m", 180_000)]
    [InlineData("3 minutes", 180_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("2 days", 172_800_000)]
    [InlineData("250", 250)]
    [InlineData("5 ms", 5)]
    [InlineData("5 milliseconds", 5)]
    [InlineData("500us", 0.5)]
    [InlineData("1000 ns", 0.001)]
    [InlineData("\"00:00:02.5\"", 2_500)]
    [InlineData("0", 0)]
    public void Durations_have_units_and_are_milliseconds_without(string text, double milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a"));
    }

    [Fact]
    public void Infinite_is_a_duration_unless_it_may_not_be()
    {
        var config = ConfigurationFactory.ParseString("a = infinite");

        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("a"));
        Assert.Throws<FormatException>(() => config.GetTimeSpan("a", null, false));
    }

    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("30000000b", 30_000_000)]
    [InlineData("10 B", 10)]
    [InlineData("10k", 10_240)]
    [InlineData("10K", 10_240)]
    [InlineData("10kB", 10_000)]
    [InlineData("128 MiB", 134_217_728)]
    [InlineData("2m", 2_097_152)]
    [InlineData("1 megabyte", 1_000_000)]
    [InlineData("1.5 KiB", 1_536)]
    [InlineData("1G", 1_073_741_824)]
    [InlineData("1GB", 1_000_000_000)]
    [InlineData("2 T", 2_199_023_255_552)]
    public void Sizes_have_units_and_are_bytes_without(string text, long bytes)
    {
        Assert.Equal(bytes, ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a"));
    }

    [Fact]
    public void Numbers_are_read_in_the_invariant_culture()
    {
        var config = ConfigurationFactory.ParseString("i = -42, l = 9000000000, d = 1.5, e = 2e3, list = [1, 2], b = [1, 255], s = [on, off]");

        Assert.Equal(-42, config.GetInt("i"));
        Assert.Equal(9_000_000_000, config.GetLong("l"));
        Assert.Equal(1.5, config.GetDouble("d"));
        Assert.Equal(1.5f, config.GetFloat("d"));
        Assert.Equal(1.5m, config.GetDecimal("d"));
        Assert.Equal(2000d, config.GetDouble("e"));
        Assert.Equal([1L, 2L], config.GetLongList("list"));
        Assert.Equal([1d, 2d], config.GetDoubleList("list"));
        Assert.Equal([1f, 2f], config.GetFloatList("list"));
        Assert.Equal([1m, 2m], config.GetDecimalList("list"));
        Assert.Equal([(byte)1, (byte)255], config.GetByteList("b"));
        Assert.Equal([true, false], config.GetBooleanList("s"));
    }

    [Fact]
    public void A_missing_key_is_the_default_of_the_getter()
    {
        var config = ConfigurationFactory.ParseString("a = 1");

        Assert.Equal(0, config.GetInt("x"));
        Assert.Equal(5, config.GetInt("x.y", 5));
        Assert.True(config.GetBoolean("x", true));
        Assert.Null(config.GetString("x"));
        Assert.Equal("d", config.GetString("x", "d"));
        Assert.Equal(TimeSpan.Zero, config.GetTimeSpan("x"));
        Assert.Equal(TimeSpan.FromSeconds(1), config.GetTimeSpan("x", TimeSpan.FromSeconds(1)));
        Assert.Null(config.GetByteSize("x"));
        Assert.Equal(3, config.GetByteSize("x", 3));
        Assert.Empty(config.GetStringList("x"));
        Assert.Equal(["d"], config.GetStringList("x", ["d"]));
        Assert.Empty(config.GetIntList("x"));
        Assert.Null(config.GetConfig("x"));
        Assert.Null(config.GetValue("x"));
        Assert.False(config.HasPath("x"));
        Assert.False(config.HasPath("a.b"));
        Assert.True(config.HasPath("a"));
    }

    public static TheoryData<string, string, Func<Config, object?>> BadValues => new()
    {
        { "abc", "whole number", c => c.GetInt("some.key") },
        { "3000000000", "whole number", c => c.GetInt("some.key") },
        { "1.5", "whole number", c => c.GetLong("some.key") },
        { "abc", "number", c => c.GetDouble("some.key") },
        { "10 parsecs", "infinite", c => c.GetTimeSpan("some.key") },
        { "-10s", "duration", c => c.GetTimeSpan("some.key") },
        { "99999999999d", "duration", c => c.GetTimeSpan("some.key") },
        { "10 kilo", "128 MiB", c => c.GetByteSize("some.key") },
        { "-5k", "bytes", c => c.GetByteSize("some.key") },
        { "abc", "list", c => c.GetStringList("some.key") },
        { "[1, x]", "whole number", c => c.GetIntList("some.key") },
        { "{ a = 1 }", "whole number", c => c.GetInt("some.key") },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public void A_bad_value_is_an_error_that_names_the_key_and_what_is_accepted(string text, string accepted, Func<Config, object?> read)
    {
        var config = ConfigurationFactory.ParseString($"some.key = {text}");

        var error = Assert.Throws<FormatException>(() => read(config));

        Assert.Contains("some.key", error.Message, StringComparison.Ordinal);
        Assert.Contains(accepted, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_boolean_is_an_error_that_names_the_key_and_what_is_accepted()
    {
        var error = Assert.Throws<NotSupportedException>(() => ConfigurationFactory.ParseString("a.b = maybe").GetBoolean("a.b"));

        Assert.Contains("'a.b'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'maybe'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fallbacks_merge_objects_in_order_and_change_nobody()
    {
        Config first = "foo.bar { a = 123 }";
        Config second = "foo.bar { a = 1, b = 2, c = 3 }";
        Config third = "foo.bar { a = 99, zork = 555 }";

        foreach (var config in new[]
        {
            first.WithFallback(second).WithFallback(third),
            first.WithFallback(second.WithFallback(third)),
        })
        {
            Assert.Equal(123, config.GetInt("foo.bar.a"));
            Assert.Equal(2, config.GetInt("foo.bar.b"));
            Assert.Equal(555, config.GetInt("foo.bar.zork"));
            Assert.Equal(3, config.GetConfig("foo").GetConfig("bar").GetInt("c"));
            Assert.Equal(["a", "b", "c", "zork"], config.GetConfig("foo.bar").AsEnumerable().Select(pair => pair.Key));
            Assert.Equal(4, config.GetValue("foo.bar").GetObject().Items.Count);
        }

        Assert.Equal(0, first.GetInt("foo.bar.b"));
        Assert.Equal(0, second.GetInt("foo.bar.zork"));
    }

    [Fact]
    public void Lists_and_scalars_hide_what_is_behind_them()
    {
        Config scalar = "a.b = 1\nlist = [1]";
        Config tree = "a.b { c = 2 }\nlist = [2, 3]";

        Assert.Equal(1, scalar.WithFallback(tree).GetInt("a.b"));
        Assert.Equal(2, tree.WithFallback(scalar).GetInt("a.b.c"));
        Assert.False(scalar.WithFallback(tree).HasPath("a.b.c"));
        Assert.Equal([1], scalar.WithFallback(tree).GetIntList("list"));
    }

    [Fact]
    public void A_configuration_cannot_be_its_own_fallback()
    {
        Config config = "a = 1";

        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
        Assert.Same(config, config.WithFallback(null));
        Assert.Same(config, config.WithFallback(Config.Empty));
        Assert.Same(config, Config.Empty.WithFallback(config));
    }

    [Fact]
    public void Null_and_empty_are_the_same_to_the_extensions()
    {
        Config config = "a = 1";

        Assert.True(((Config?)null).IsNullOrEmpty());
        Assert.True(Config.Empty.IsNullOrEmpty());
        Assert.False(config.IsNullOrEmpty());
        Assert.Same(config, ((Config?)null).SafeWithFallback(config));
        Assert.Same(config, config.SafeWithFallback(null));
        Assert.Equal(2, config.SafeWithFallback("b = 2").GetInt("b"));
    }

    [Fact]
    public void Strings_add_up_to_configurations()
    {
        Config config = "a = 1";

        Assert.Equal(1, (config + "a = 2, b = 3").GetInt("a"));
        Assert.Equal(3, (config + "a = 2, b = 3").GetInt("b"));
        Assert.Equal(2, ("a = 2" + config).GetInt("a"));
    }

    [Fact]
    public void Quoted_segments_keep_their_dots()
    {
        Config config = "a { \"/abc/d.ev/*\" { d = 123 } }";

        Assert.Equal(123, config.GetInt("a.\"/abc/d.ev/*\".d"));
        Assert.Equal(123, config.GetConfig("a.\"/abc/d.ev/*\"").GetInt("d"));
        Assert.NotNull(config.GetConfig("a.\"/abc/d.ev/*\".d"));
        Assert.Equal("/abc/d.ev/*", config.GetConfig("a").AsEnumerable().Single().Key);
        Assert.Equal(123, config.GetConfig("a").Root.GetObject().GetKey("/abc/d.ev/*").GetChildObject("d").GetInt());
    }

    [Theory]
    [InlineData("a = 1, b { c = [1, { x = y }, \"q, r\"], \"d.e\" = \"\" }\nn = null, t = \"a \\\"b\\\" \\\\ \\n c\", s = \"null\"")]
    [InlineData("include = 1\nu = 10 s\nurl = \"akka://sys@host:1\"")]
    [InlineData("")]
    public void What_is_written_can_be_read_again(string hocon)
    {
        var config = ConfigurationFactory.ParseString(hocon).WithFallback("b.z = 1, list = [x]");

        var written = config.ToString();
        var again = ConfigurationFactory.ParseString(written);

        Assert.Equal(written, again.ToString());
        Assert.Equal(config.GetString("t"), again.GetString("t"));
        Assert.Equal(config.GetString("s"), again.GetString("s"));
        Assert.Equal(1, again.GetInt("b.z"));
    }

    [Fact]
    public void Values_can_be_made_into_configurations()
    {
        var value = ConfigurationFactory.ParseString("a.b = 1").GetValue("a");

        Assert.Equal(1, value.ToConfig().GetInt("b"));
        Assert.Equal(1, value.AtKey("k").GetInt("k.b"));
        Assert.True(value.IsObject());
        Assert.False(value.IsString());
        Assert.Equal("1", ((IDictionary<string, object>)value.AtKey("k").Root.GetObject().Unwrapped["k"])["b"]);
    }

    [Fact]
    public void Objects_turn_into_configurations()
    {
        var config = ConfigurationFactory.FromObject(new { a = 1, b = new { c = "x", d = new[] { 1, 2 } } });

        Assert.Equal(1, config.GetInt("a"));
        Assert.Equal("x", config.GetString("b.c"));
        Assert.Equal([1, 2], config.GetIntList("b.d"));
    }

    [Fact]
    public void A_resource_that_is_not_there_is_named()
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromResource<ConfigSpecs>("no.such.conf"));

        Assert.Contains("no.such.conf", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merging_objects_by_hand_keeps_what_is_there()
    {
        var mine = Parser.Parse("a = 1, o { x = 1 }", null).Value.GetObject();
        mine.Merge(Parser.Parse("a = 2, b = 3, o { x = 2, y = 3 }", null).Value.GetObject());

        Assert.Equal("1", mine.GetKey("a").GetString());
        Assert.Equal("3", mine.GetKey("b").GetString());
        Assert.Equal("1", mine.GetKey("o").GetChildObject("x").GetString());
        Assert.Equal("3", mine.GetKey("o").GetChildObject("y").GetString());
    }
}
