using System.Xml.Linq;

namespace ActorScheduler.House.Specs;

/// <summary>Dependencies point downward: what each project under src may use is said here, and nothing else is used.</summary>
public sealed class LayeringSpecs
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["WireGenerator"] = [],
        ["Model"] = [],
        ["Allocation"] = ["Model"],
        ["Protocol"] = ["Model", "WireGenerator", "Akka"],
        ["Master"] = ["Protocol", "Allocation", "Model", "WireGenerator", "Akka"],
        ["Agent"] = ["Protocol", "Model", "Akka"],
        ["Client"] = ["Protocol", "Model", "Akka"],
        ["Services"] = ["Client", "Protocol", "Model", "Akka"],
        ["Jobs"] = ["Client", "Protocol", "Model", "Akka"],
        ["Gateway"] = ["Client", "Services", "Jobs", "Protocol", "Model", "Akka"],
        ["Node"] = ["Gateway", "Services", "Jobs", "Client", "Agent", "Master", "Protocol", "Allocation", "Model", "Akka"],
    };

    public static TheoryData<string> Projects => [.. Repository.Projects("src").Select(Folder)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_what_is_below_it(string folder)
    {
        Assert.True(Allowed.TryGetValue(folder, out var allowed), $"src/{folder} has no place in the layers: say here what it may use");
        var project = Repository.Projects("src").Single(file => Folder(file) == folder);
        var references = XDocument.Load(project).Descendants();
        var used = references.Where(e => e.Name.LocalName == "ProjectReference")
            .Select(e => Folder(e.Attribute("Include")!.Value))
            .Concat(references.Where(e => e.Name.LocalName == "PackageReference" && e.Attribute("Include")!.Value.StartsWith("Akka", StringComparison.Ordinal)).Select(_ => "Akka"))
            .Distinct();

        Expect.Nothing(used.Except(allowed).Select(other => $"src/{folder} uses {other}"));
    }

    [Fact]
    public void Model_and_Allocation_know_no_actors() => Expect.Nothing(
        from file in Repository.Sources("src/Model", "src/Allocation")
        from line in file.Code
        where line.Text.Contains("Akka", StringComparison.Ordinal)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    private static string Folder(string project) => Path.GetFileName(Path.GetDirectoryName(project.Replace('\\', '/'))!);
}
