using System.Xml.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace ActorScheduler.House.Specs;

/// <summary>Dependencies point downward: what each project under src may use is said here, and nothing else is used.</summary>
public sealed class LayeringSpecs
{
    /// <summary>What types of a project may know of others. Whoever may use a project may not thereby use what that one uses.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Model"] = [],
        ["Allocation"] = ["Model"],
        ["Containers"] = ["Model"],
        ["Protocol"] = ["Model"],
        ["Master"] = ["Protocol", "Allocation", "Model"],
        ["Agent"] = ["Containers", "Protocol", "Model"],
        ["Client"] = ["Protocol", "Model"],
        ["Executor"] = ["Protocol", "Model"],
        ["Services"] = ["Client", "Protocol", "Model"],
        ["Jobs"] = ["Client", "Protocol", "Model"],
        ["Gateway"] = ["Services", "Jobs", "Client", "Protocol", "Model"],
        ["Node"] = ["Gateway", "Services", "Jobs", "Client", "Agent", "Containers", "Master", "Protocol", "Allocation", "Model"],
        // Asks by HTTP: of a node's parts it knows none, of the allocator the names of what stands in the way of an offer.
        ["Cli"] = ["Node", "Gateway", "Client", "Protocol", "Allocation", "Model"],
    };

    /// <summary>Who knows no actors, and so nothing of Akka.</summary>
    private static readonly string[] WithoutActors = ["Model", "Allocation", "Containers"];

    /// <summary>Works within the compiler and is no part of the product: nothing of it is there at run time.</summary>
    private const string Generator = "WireGenerator";

    private static readonly Dictionary<string, Assembly> Assemblies = Folders.ToDictionary(static folder => folder, Built);

    private static readonly Architecture Product = new ArchLoader().LoadAssemblies([.. Assemblies.Values]).Build();

    public static TheoryData<string> Projects => [.. Folders];

    private static IEnumerable<string> Folders => Repository.Projects("src").Select(Folder).Where(static folder => folder != Generator);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Types_of_a_project_use_only_what_is_below_it(string folder)
    {
        Assert.True(Allowed.TryGetValue(folder, out string[]? allowed), $"src/{folder} has no place in the layers: say here what it may use");
        Holds(Assemblies.Keys.Where(other => other != folder && !allowed.Contains(other)).Select(other => Types().That().ResideInAssembly(Assemblies[folder])
            .Should().NotDependOnAny(Types().That().ResideInAssembly(Assemblies[other])).Because($"src/{folder} may not use src/{other}")));
    }

    [Fact]
    public void Who_knows_no_actors_knows_nothing_of_Akka() => Holds(WithoutActors.Select(static folder => Types().That().ResideInAssembly(Assemblies[folder])
        .Should().NotDependOnAny(Types(includeReferenced: true).That().ResideInNamespaceMatching(@"^Akka(\.|$)")).Because($"src/{folder} knows no actors")));

    // A reference that no type uses yet leaves no trace in an assembly, so what it asks for is read from its project file.
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_refers_only_to_what_is_below_it(string folder)
    {
        XDocument project = XDocument.Load(Repository.Projects("src").Single(file => Folder(file) == folder));
        Expect.Nothing(
            from reference in project.Descendants()
            let name = reference.Attribute("Include")?.Value ?? ""
            let breach = reference.Name.LocalName switch
            {
                "ProjectReference" => Folder(name) is var other && other != Generator && !Allowed[folder].Contains(other),
                "PackageReference" => WithoutActors.Contains(folder) && name.StartsWith("Akka", StringComparison.Ordinal),
                _ => false,
            }
            where breach
            select $"src/{folder} refers to {name}");
    }

    private static void Holds(IEnumerable<IArchRule> rules) => Expect.Nothing(
        from rule in rules
        from result in rule.Evaluate(Product)
        where !result.Passed
        select result.Description);

    private static Assembly Built(string folder)
    {
        XDocument project = XDocument.Load(Repository.Projects("src").Single(file => Folder(file) == folder));
        string name = project.Descendants("AssemblyName").SingleOrDefault()?.Value ?? $"ActorScheduler.{folder}";
        return Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
    }

    private static string Folder(string project) => Path.GetFileName(Path.GetDirectoryName(project.Replace('\\', '/'))!);
}
