using ActorScheduler.Cli.Operators;

namespace ActorScheduler.Cli.Specs.Operators;

public sealed class PrintableSpecs
{
    [Theory]
    [InlineData("plain \u00e4\u20ac\U0001F600 [x]", "plain \u00e4\u20ac\U0001F600 [x]")]
    [InlineData("\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m")]
    [InlineData("\u001b]0;title\u0007", "\\x1b]0;title\\x07")]
    [InlineData("a\r\nb\tc\u0008", "a\\x0d\\x0ab\\x09c\\x08")]
    [InlineData("\u009b2J", "\\x9b2J")]
    [InlineData("exe\u202etxt", "exe\\u202etxt")]
    [InlineData("", "")]
    public void What_a_terminal_would_obey_is_written_out(string text, string shown) => Assert.Equal(shown, Printable.Line(text));

    [Fact]
    public void No_control_of_any_generated_text_is_left()
    {
        var random = new Random(5);
        for (int i = 0; i < 500; i++)
        {
            string text = new([.. Enumerable.Range(0, 40).Select(_ => (char)random.Next(i % 2 == 0 ? 0x100 : 0xd800))]);

            Assert.DoesNotContain(Printable.Line(text), char.IsControl);
            Assert.All(Printable.Lines(text).Where(char.IsControl), static sign => Assert.True(sign is '\n' or '\t'));
        }
    }
}
