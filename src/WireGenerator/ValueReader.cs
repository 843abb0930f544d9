using Microsoft.CodeAnalysis;

namespace ActorScheduler.WireGenerator;

/// <summary>Writes statements that read a value.</summary>
internal sealed class ValueReader(Shapes shapes)
{
    private int _locals;

    /// <summary>Whether nothing can stand for a value that is missing.</summary>
    public static bool HasNoZero(ITypeSymbol type) =>
        type.IsReferenceType
        || type.TypeKind == TypeKind.Enum && !IsFlags(type) && !Values(type).Contains(0)
        || Shapes.IsOurStruct(type) && (Shapes.Wrapped(type) is not { } inner || inner.Type.IsReferenceType);

    /// <summary>An expression for no items.</summary>
    public static string Empty(ITypeSymbol type)
    {
        string arguments = string.Join(", ", ((INamedTypeSymbol)type).TypeArguments.Select(Source.Name));
        return ValueWriter.IsList(type)
            ? $"global::System.Array.Empty<{arguments}>()"
            : $"global::System.Collections.ObjectModel.ReadOnlyDictionary<{arguments}>.Empty";
    }

    /// <summary>Statements that read a value into a variable.</summary>
    public string Get(string target, ITypeSymbol type, string where)
    {
        int local = ++_locals;
        if (type.TypeKind == TypeKind.Enum)
            return $"{{ int number{local} = reader.Int32(); {target} = {Enumerated($"number{local}", type)}; }}";
        switch (type.Name)
        {
            case "Boolean": return $"{target} = reader.Bool();";
            case "Int32": return $"{target} = reader.Int32();";
            case "Int64": return $"{target} = reader.Int64();";
            case "TimeSpan": return $"{target} = new global::System.TimeSpan(reader.Int64());";
            case "Double": return $"{target} = reader.Double();";
            case "Guid": return $"{target} = reader.Guid();";
            case "DateTimeOffset": return $"{target} = reader.Time();";
            case "ReadOnlyMemory": return $"{target} = reader.Bytes();";
            case "String": return $"{target} = reader.Text();";
            case "IActorRef": return $"{target} = reader.Actor();";
        }
        var named = (INamedTypeSymbol)type;
        if (Shapes.Wrapped(type) is { } inner)
            return $"{{ {Source.Name(inner.Type)} inner{local}; {Get($"inner{local}", inner.Type, where)} {target} = new {Source.Name(type)}(inner{local}); }}";
        string body = ValueWriter.IsList(type) ? List(target, named.TypeArguments[0], where, local)
            : ValueWriter.IsMany(type) ? Map(target, named.TypeArguments[0], named.TypeArguments[1], where, local)
            : $"{target} = {shapes.Need(named)}.Read(ref reader);";
        return $"{{ int end{local} = reader.Enter(); {body} reader.Leave(end{local}); }}";
    }

    private string List(string target, ITypeSymbol item, string where, int local)
    {
        string name = Source.Name(item);
        return $"int count{local} = reader.CountItems(); var items{local} = count{local} == 0 ? global::System.Array.Empty<{name}>() : new {name}[count{local}]; int i{local} = 0; "
            + $"while (reader.Next()) {{ if (reader.Field != 1) {{ reader.Skip(); continue; }} {Get($"items{local}[i{local}]", item, where + "[]")} i{local}++; }} {target} = items{local};";
    }

    private string Map(string target, ITypeSymbol key, ITypeSymbol value, string where, int local)
    {
        bool mustBeThere = HasNoZero(value);
        return $"var map{local} = new global::System.Collections.Generic.Dictionary<{Source.Name(key)}, {Source.Name(value)}>(reader.CountItems()); "
            + $"while (reader.Next()) {{ if (reader.Field != 1) {{ reader.Skip(); continue; }} int pair{local} = reader.Enter(); "
            + $"{Source.Name(key)}? key{local} = null; {Source.Name(value)}{(mustBeThere ? "? " : " ")}value{local} = {(mustBeThere ? "null" : "default")}; "
            + $"while (reader.Next()) switch (reader.Field) {{ case 1: {Get($"key{local}", key, where)} break; case 2: {Get($"value{local}", value, where)} break; default: reader.Skip(); break; }} "
            + $"reader.Leave(pair{local}); map{local}[key{local} ?? throw WireReader.Missing(\"{where}[].Key\")] = "
            + $"value{local}{(mustBeThere ? $" ?? throw WireReader.Missing(\"{where}[].Value\")" : "")}; }} {target} = map{local};";
    }

    private static string Enumerated(string number, ITypeSymbol type)
    {
        string name = Source.Name(type);
        int[] values = Values(type);
        // A capability that this version does not know is one that it does not serve.
        if (IsFlags(type))
            return $"({name})({number} & {values.Aggregate(0, static (all, one) => all | one)})";
        return $"{number} is {string.Join(" or ", values)} ? ({name}){number} : throw WireReader.Unknown(\"{type.Name}\", {number})";
    }

    private static int[] Values(ITypeSymbol type) =>
        [.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).Select(static field => Convert.ToInt32(field.ConstantValue)).Distinct()];

    private static bool IsFlags(ITypeSymbol type) => type.GetAttributes().Any(static data => data.AttributeClass?.Name == "FlagsAttribute");
}
