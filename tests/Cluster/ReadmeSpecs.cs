namespace ActorScheduler.Cluster.Specs;

public sealed class ReadmeSpecs
{
    [Fact]
    public void The_framework_in_the_README_is_the_one_that_is_compiled_and_run_here()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "ActorScheduler.sln")))
            root = Path.GetDirectoryName(root)!;
        string example = File.ReadAllText(Path.Combine(root, "tests", "Cluster", "BatchFramework.cs"));
        string readme = File.ReadAllText(Path.Combine(root, "README.md"));

        Assert.Contains(example, readme, StringComparison.Ordinal);
        Assert.True(example.Split('\n').Length <= 61, "a batch framework fits into 60 lines");
    }
}
