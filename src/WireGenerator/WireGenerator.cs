using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ActorScheduler.WireGenerator;

/// <summary>
/// For each class with <c>[WireType]</c> attributes (a table of manifests) it writes the other half of the class and a form for
/// each record that stands in the messages of the table.
/// </summary>
[Generator]
public sealed class WireGenerator : IIncrementalGenerator
{
    private const string Attributes = "ActorScheduler.Protocol.Serialization";

    private static readonly DiagnosticDescriptor NoForm = new(
        "WIRE001", "No form on the wire", "{0}", "Wire", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, static (output, compilation) =>
        {
            foreach (INamedTypeSymbol table in Types(compilation.Assembly.GlobalNamespace).Where(HasEntries))
                Write(output, compilation, table);
        });

    private static void Write(SourceProductionContext output, Compilation compilation, INamedTypeSymbol table)
    {
        try
        {
            var shapes = new Shapes(compilation, table.ContainingNamespace.ToDisplayString() + ".Forms", Kinds(table));
            (string Manifest, INamedTypeSymbol Type)[] entries = [.. Attribute(table, "WireTypeAttribute")
                .Select(static data => ((string)data.ConstructorArguments[0].Value!, (INamedTypeSymbol)data.ConstructorArguments[1].Value!))];
            INamedTypeSymbol[] values = [.. Attribute(table, "WireValueAttribute").Select(static data => (INamedTypeSymbol)data.ConstructorArguments[0].Value!)];
            foreach (INamedTypeSymbol type in entries.Select(static entry => entry.Type).Concat(values))
                shapes.Need(type);
            output.AddSource(table.Name + ".g.cs", SourceText.From(TableWriter.Write(table, entries, values, shapes), Encoding.UTF8));
            while (shapes.Next() is { } type)
                output.AddSource(Shapes.FormName(type) + ".g.cs", SourceText.From(new FormWriter(shapes, type).Write(), Encoding.UTF8));
        }
        catch (NoFormException e)
        {
            output.ReportDiagnostic(Diagnostic.Create(NoForm, table.Locations.FirstOrDefault(), e.Message));
        }
    }

    private static IReadOnlyList<(int Number, INamedTypeSymbol Kind)> Kinds(INamedTypeSymbol table) =>
        [.. Attribute(table, "WireKindAttribute").Select(static data => ((int)data.ConstructorArguments[0].Value!, (INamedTypeSymbol)data.ConstructorArguments[1].Value!))];

    private static bool HasEntries(INamedTypeSymbol type) => Attribute(type, "WireTypeAttribute").Any();

    private static IEnumerable<AttributeData> Attribute(INamedTypeSymbol type, string name) => type.GetAttributes()
        .Where(data => data.AttributeClass is { } attribute && attribute.Name == name && attribute.ContainingNamespace.ToDisplayString() == Attributes);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
}
