using Microsoft.CodeAnalysis;

namespace ActorScheduler.WireGenerator;

/// <summary>Writes statements that put a value into bytes.</summary>
internal sealed class ValueWriter(Shapes shapes)
{
    private int _locals;

    public static bool IsList(ITypeSymbol type) => type is INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments.Length: 1 };

    public static bool IsMany(ITypeSymbol type) => IsList(type) || type is INamedTypeSymbol { Name: "IReadOnlyDictionary", TypeArguments.Length: 2 };

    /// <summary>Statements that write a value that is there.</summary>
    /// <param name="number">The field.</param>
    /// <param name="value">An expression.</param>
    /// <param name="type">Its type.</param>
    /// <param name="where">What it is called when it is null although it must not be.</param>
    public string Put(int number, string value, ITypeSymbol type, string where)
    {
        string present = type.IsReferenceType ? $"WireWriter.Required({value}, \"{where}\")" : value;
        if (type.TypeKind == TypeKind.Enum)
            return $"writer.Int({number}, (int){value});";
        switch (type.Name)
        {
            case "Boolean": return $"writer.Bool({number}, {value});";
            case "Int32" or "Int64": return $"writer.Int({number}, {value});";
            case "TimeSpan": return $"writer.Int({number}, {value}.Ticks);";
            case "Double": return $"writer.Double({number}, {value});";
            case "Guid": return $"writer.Guid({number}, {value});";
            case "DateTimeOffset": return $"writer.Time({number}, {value});";
            case "ReadOnlyMemory": return $"writer.Bytes({number}, {value}.Span);";
            case "String": return $"writer.Text({number}, {present});";
            case "IActorRef": return $"writer.Actor({number}, {present});";
        }
        if (type is not INamedTypeSymbol named)
            throw new NoFormException($"{where}: there is no form of {type}");
        if (Shapes.Wrapped(type) is { } inner)
            return Put(number, inner.Type.IsReferenceType ? $"({value}.{inner.Name} ?? \"\")" : $"{value}.{inner.Name}", inner.Type, where);
        int local = ++_locals;
        if (IsList(type))
        {
            return $"{{ var list{local} = {present}; int at{local} = writer.Begin({number}); for (int i{local} = 0; i{local} < list{local}.Count; i{local}++) "
                + $"{{ {Put(1, $"list{local}[i{local}]", named.TypeArguments[0], where + "[]")} }} writer.End(at{local}); }}";
        }
        if (IsMany(type))
        {
            return $"{{ int at{local} = writer.Begin({number}); foreach (var pair{local} in {present}) {{ int pairAt{local} = writer.Begin(1); "
                + $"{Put(1, $"pair{local}.Key", named.TypeArguments[0], where + "[].Key")} {Put(2, $"pair{local}.Value", named.TypeArguments[1], where + "[]")} "
                + $"writer.End(pairAt{local}); }} writer.End(at{local}); }}";
        }
        return $"{{ int at{local} = writer.Begin({number}); {shapes.Need(named)}.Write(writer, {present}); writer.End(at{local}); }}";
    }
}
