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
        ["Protocol"] = ["Model", "WireGenerator", "upstream"],
        ["Master"] = ["Protocol", "Allocation", "Model", "WireGenerator", "upstream"],
        ["Agent"] = ["Protocol", "Model", "upstream"],
        ["Client"] = ["Protocol", "Model", "upstream"],
        ["Services"] = ["Client", "Protocol", "Model", "upstream"],
        ["Jobs"] = ["Client", "Protocol", "Model", "upstream"],
        ["Gateway"] = ["Client", "Services", "Jobs", "Protocol", "Model", "upstream"],
        ["Node"] = ["Gateway", "Services", "Jobs", "Client", "Agent", "Master", "Protocol", "Allocation", "Model", "upstream"],
    };

    public static TheoryData<string> Projects => [.. Repository.Projects("src")
        .Where(file => !file.Contains("Embedded", StringComparison.Ordinal)).Select(Folder)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_what_is_below_it(string folder)
    {
        Assert.True(Allowed.TryGetValue(folder, out var allowed), $"src/{folder} has no place in the layers: say here what it may use");
        var project = Repository.Projects("src").Single(file => Folder(file) == folder);
        var references = XDocument.Load(project).Descendants();
        var used = references.Where(e => e.Name.LocalName == "ProjectReference")
            .Select(e => Folder(e.Attribute("Include")!.Value))
            .Concat(references.Where(e => e.Name.LocalName == "UpstreamReference").Select(_ => "upstream"))
            .Distinct();

        Expect.Nothing(used.Except(allowed).Select(other => $"src/{folder} uses {other}"));
    }

    [Fact]
    public void Model_and_Allocation_know_no_actors() => Expect.Nothing(
        from file in Repository.Sources("src/Model", "src/Allocation")
        from line in file.Code
        where line.Text.Contains("Akka", StringComparison.Ordinal)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void Tests_that_look_behind_the_engines_public_surface_drop_out_on_upstreams_packages() => Expect.Nothing(
        from project in Repository.Projects("src/Embedded")
        from element in XDocument.Load(project).Descendants()
        where element.Name.LocalName == "InternalsVisibleTo"
        let friend = element.Attribute("Include")!.Value
        where friend.EndsWith("Specs", StringComparison.Ordinal)
        let tests = Repository.Projects("tests").Single(file => Path.GetFileNameWithoutExtension(file) == friend)
        where !File.ReadAllText(tests).Contains("<Compile Remove=\"Insides/**\" />", StringComparison.Ordinal)
        select $"{Path.GetFileName(project)} shows its insides to {friend}");

    private static string Folder(string project) => Path.GetFileName(Path.GetDirectoryName(project.Replace('\\', '/'))!);
}
