namespace ActorScheduler.Protocol.Specs;

/// <summary>Files that people write, and what goes on without end.</summary>
public sealed class SmallFileSpecs
{
    [Fact]
    public void What_is_small_is_read_and_what_has_no_end_is_given_up()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "token\n");
            Assert.Equal("token\n", SmallFile.Read(file, 6));
            Assert.Throws<IOException>(() => SmallFile.Read(file, 5));
            Assert.Contains("more than 65536 bytes", Assert.Throws<IOException>(() => SmallFile.Read("/dev/zero", 65536)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
