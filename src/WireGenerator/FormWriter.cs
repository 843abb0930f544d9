using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ActorScheduler.WireGenerator;

/// <summary>Writes the form of one record: how it is put into bytes, and how it is read.</summary>
internal sealed class FormWriter(Shapes shapes, INamedTypeSymbol type)
{
    private readonly StringBuilder _code = new(Source.Head);
    private readonly ValueWriter _values = new(shapes);
    private readonly ValueReader _reads = new(shapes);
    private readonly string _name = Source.Name(type);

    public string Write()
    {
        Line($"namespace {shapes.Space};");
        Line("using ActorScheduler.Protocol.Serialization;");
        Line($"internal static class {Shapes.FormName(type)}");
        Line("{");
        if (type.IsAbstract)
            WriteKinds();
        else
            WriteRecord(Shapes.Members(type));
        Line("}");
        return _code.ToString();
    }

    private void WriteKinds()
    {
        (int Number, INamedTypeSymbol Kind)[] kinds = [.. shapes.KindsOf(type)];
        if (kinds.Length == 0)
            throw new NoFormException($"{type} is abstract and has no [WireKind]");
        Line($"public static void Write(WireWriter writer, {_name} value)");
        Line("{");
        Line("int at;");
        Line("switch (value)");
        Line("{");
        foreach ((int number, INamedTypeSymbol kind) in kinds)
            Line($"case {Source.Name(kind)} known: at = writer.Begin({number}); {shapes.Need(kind)}.Write(writer, known); writer.End(at); break;");
        Line($"default: throw WireWriter.NoKind(\"{type.Name}\", value);");
        Line("}");
        Line("}");
        Line($"public static {_name} Read(ref WireReader reader)");
        Line("{");
        Line($"{_name}? value = null;");
        Line("int end;");
        Line("while (reader.Next())");
        Line("switch (reader.Field)");
        Line("{");
        foreach ((int number, INamedTypeSymbol kind) in kinds)
            Line($"case {number}: end = reader.Enter(); value = {shapes.Need(kind)}.Read(ref reader); reader.Leave(end); break;");
        Line("default: reader.Skip(); break;");
        Line("}");
        Line($"return value ?? throw WireReader.Missing(\"kind of {type.Name}\");");
        Line("}");
    }

    private void WriteRecord(IReadOnlyList<Member> members)
    {
        if (members.Any(static member => member.Parameter is null && member.HasDefault))
            Line($"private static readonly {_name} Defaults = new() {{ {string.Join(", ", members.Where(static m => m.Property.IsRequired).Select(static m => $"{m.Name} = default!"))} }};");
        Line($"public static void Write(WireWriter writer, {_name} value)");
        Line("{");
        foreach (Member member in members)
            Put(member);
        Line("}");
        Line($"public static {_name} Read(ref WireReader reader)");
        Line("{");
        foreach (Member member in members)
            Line($"{Declared(member)} f{member.Number} = {Initial(member)};");
        Line("while (reader.Next())");
        Line("switch (reader.Field)");
        Line("{");
        foreach (Member member in members)
            Line($"case {member.Number}: {_reads.Get($"f{member.Number}", Shapes.Underlying(member.Type) ?? member.Type, $"{type.Name}.{member.Name}")} break;");
        Line("default: reader.Skip(); break;");
        Line("}");
        string arguments = string.Join(", ", members.Where(static m => m.Parameter is not null).Select(Value));
        string set = string.Join(", ", members.Where(static m => m.Parameter is null).Select(m => $"{m.Name} = {Value(m)}"));
        Line($"return new {_name}({arguments}){(set.Length > 0 ? $" {{ {set} }}" : "")};");
        Line("}");
    }

    private void Put(Member member)
    {
        string value = $"value.{member.Name}";
        string local = $"v{member.Number}";
        string where = $"{type.Name}.{member.Name}";
        if (member.IsOptional)
            Line($"if ({value} is {{ }} {local}) {{ {_values.Put(member.Number, local, Shapes.Underlying(member.Type) ?? member.Type, where)} }}");
        else if (member.HasDefault || IsRequired(member))
            Line(_values.Put(member.Number, value, member.Type, where));
        else if (ValueWriter.IsMany(member.Type))
            Line($"if (WireWriter.Required({value}, \"{where}\").Count > 0) {{ {_values.Put(member.Number, value, member.Type, where)} }}");
        else if (member.Type.Name == "ReadOnlyMemory")
            Line($"if (!{value}.IsEmpty) {{ {_values.Put(member.Number, value, member.Type, where)} }}");
        else
            Line($"if ({value} != default) {{ {_values.Put(member.Number, value, member.Type, where)} }}");
    }

    private static string Declared(Member member) =>
        member.IsOptional || IsRequired(member) ? Source.Name(Shapes.Underlying(member.Type) ?? member.Type) + "?" : Source.Name(member.Type);

    private static string Initial(Member member)
    {
        if (member.IsOptional || IsRequired(member))
            return "null";
        if (member.HasDefault)
            return member.Parameter is null ? $"Defaults.{member.Name}" : Literal(member);
        return ValueWriter.IsMany(member.Type) ? ValueReader.Empty(member.Type) : "default";
    }

    private static string Literal(Member member)
    {
        object value = member.Parameter!.ExplicitDefaultValue!;
        string literal = SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!;
        return member.Type.TypeKind == TypeKind.Enum ? $"({Source.Name(member.Type)})({literal})" : literal;
    }

    private string Value(Member member) =>
        IsRequired(member) ? $"f{member.Number} ?? throw WireReader.Missing(\"{type.Name}.{member.Name}\")" : $"f{member.Number}";

    /// <summary>Whether there is no value that could stand for a missing one. Missing lists are empty ones.</summary>
    private static bool IsRequired(Member member) =>
        !member.IsOptional && !member.HasDefault && !ValueWriter.IsMany(member.Type) && ValueReader.HasNoZero(member.Type);

    private void Line(string text) => _code.Append(text).Append('\n');
}
