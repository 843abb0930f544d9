using Microsoft.CodeAnalysis;

namespace ActorScheduler.WireGenerator;

/// <summary>What types look like on the wire, and which of them need a form to be written.</summary>
internal sealed class Shapes(Compilation compilation, string space, IReadOnlyList<(int Number, INamedTypeSymbol Kind)> kinds)
{
    /// <summary>Fields of a base record that a derived one does not repeat begin here, so that both can grow.</summary>
    private const int FirstInherited = 16;

    private readonly Queue<INamedTypeSymbol> _left = new();
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>Where forms are.</summary>
    public string Space => space;

    /// <summary>The next record without a form.</summary>
    public INamedTypeSymbol? Next() => _left.Count > 0 ? _left.Dequeue() : null;

    /// <summary>The full name of a record's form, which is written unless it is there.</summary>
    public string Need(INamedTypeSymbol type)
    {
        const string shared = "ActorScheduler.Protocol.Serialization.Forms";
        string name = FormName(type);
        bool isElsewhere = space != shared && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
        if (isElsewhere)
            return $"global::{shared}.{name}";
        if (compilation.GetTypeByMetadataName($"{space}.{name}") is null && _seen.Add(type))
            _left.Enqueue(type);
        return $"global::{space}.{name}";
    }

    /// <summary>What a record's form is called.</summary>
    public static string FormName(INamedTypeSymbol type) => (type.ContainingType is { } outer ? outer.Name + "_" : "") + type.Name + "Form";

    /// <summary>The kinds of an abstract record with their numbers.</summary>
    public IEnumerable<(int Number, INamedTypeSymbol Kind)> KindsOf(INamedTypeSymbol type) =>
        kinds.Where(kind => SymbolEqualityComparer.Default.Equals(kind.Kind.BaseType, type));

    /// <summary>The fields of a record, in the order of their numbers.</summary>
    public static IReadOnlyList<Member> Members(INamedTypeSymbol type)
    {
        IMethodSymbol constructor = type.InstanceConstructors
            .Where(made => made.DeclaredAccessibility == Accessibility.Public && !IsCopy(made, type))
            .OrderByDescending(static made => made.Parameters.Length).FirstOrDefault() ?? throw new NoFormException($"{type} has no public constructor");
        var members = new List<Member>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
            members.Add(new Member(members.Count + 1, Property(type, parameter), parameter));
        int inherited = FirstInherited;
        foreach (IPropertySymbol property in Settable(type))
        {
            if (members.All(member => member.Name != property.Name))
                members.Add(new Member(SymbolEqualityComparer.Default.Equals(property.ContainingType, type) ? members.Count + 1 : inherited++, property, null));
        }
        return members;
    }

    /// <summary>The property of a record struct that is only a name for another type: an id, an epoch.</summary>
    public static IPropertySymbol? Wrapped(ITypeSymbol type) =>
        IsOurStruct(type) && Members((INamedTypeSymbol)type) is { Count: 1 } only ? only[0].Property : null;

    /// <summary>Whether it is a struct of the product's; in a reference nothing tells that it is a record.</summary>
    public static bool IsOurStruct(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Struct && type.ContainingNamespace.ToDisplayString().StartsWith("ActorScheduler.", System.StringComparison.Ordinal);

    /// <summary>What a nullable value holds.</summary>
    public static ITypeSymbol? Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;

    private static bool IsCopy(IMethodSymbol made, INamedTypeSymbol type) =>
        made.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(made.Parameters[0].Type, type);

    private static IPropertySymbol Property(INamedTypeSymbol type, IParameterSymbol parameter) =>
        Chain(type).SelectMany(static level => level.GetMembers()).OfType<IPropertySymbol>()
            .FirstOrDefault(property => property.Name == parameter.Name) ?? throw new NoFormException($"{type}.{parameter.Name} is no property");

    private static IEnumerable<IPropertySymbol> Settable(INamedTypeSymbol type) =>
        Chain(type).SelectMany(static level => level.GetMembers()).OfType<IPropertySymbol>()
            .Where(static property => property is { IsStatic: false, SetMethod: not null, DeclaredAccessibility: Accessibility.Public });

    private static IEnumerable<INamedTypeSymbol> Chain(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
            yield return level;
    }
}
