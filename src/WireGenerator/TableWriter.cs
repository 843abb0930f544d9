using System.Text;
using Microsoft.CodeAnalysis;

namespace ActorScheduler.WireGenerator;

/// <summary>Writes the other half of a table of manifests.</summary>
internal static class TableWriter
{
    public static string Write(INamedTypeSymbol table, IReadOnlyList<(string Manifest, INamedTypeSymbol Type)> entries, IReadOnlyList<INamedTypeSymbol> values, Shapes shapes)
    {
        var code = new StringBuilder(Source.Head);
        code.AppendLine($"namespace {table.ContainingNamespace.ToDisplayString()}");
        code.AppendLine("{");
        code.AppendLine($"    partial class {table.Name}");
        code.AppendLine("    {");
        code.AppendLine($"        public {table.Name}()");
        code.AppendLine("            : base([");
        foreach ((string manifest, INamedTypeSymbol type) in entries)
            code.AppendLine($"                (\"{manifest}\", typeof({Source.Name(type)})),");
        code.AppendLine("            ])");
        code.AppendLine("        {");
        code.AppendLine("        }");
        code.AppendLine("        public override void Write(global::ActorScheduler.Protocol.Serialization.WireWriter writer, int index, object value)");
        code.AppendLine("        {");
        code.AppendLine("            switch (index)");
        code.AppendLine("            {");
        for (int i = 0; i < entries.Count; i++)
            code.AppendLine($"                case {i}: {shapes.Need(entries[i].Type)}.Write(writer, ({Source.Name(entries[i].Type)})value); break;");
        code.AppendLine("            }");
        code.AppendLine("        }");
        code.AppendLine("        public override object Read(ref global::ActorScheduler.Protocol.Serialization.WireReader reader, int index) => index switch");
        code.AppendLine("        {");
        for (int i = 0; i < entries.Count; i++)
            code.AppendLine($"            {i} => {shapes.Need(entries[i].Type)}.Read(ref reader),");
        code.AppendLine("            _ => throw new global::System.ArgumentOutOfRangeException(nameof(index)),");
        code.AppendLine("        };");
        if (values.Count > 0)
        {
            code.AppendLine("        public static void WriteValue(global::ActorScheduler.Protocol.Serialization.WireWriter writer, object value)");
            code.AppendLine("        {");
            code.AppendLine("            switch (value)");
            code.AppendLine("            {");
            foreach (INamedTypeSymbol type in values)
                code.AppendLine($"                case {Source.Name(type)} known: {shapes.Need(type)}.Write(writer, known); break;");
            code.AppendLine("                default: throw new global::System.ArgumentException($\"{value.GetType()} is none of the values that have a size\");");
            code.AppendLine("            }");
            code.AppendLine("        }");
        }
        code.AppendLine("    }");
        code.AppendLine("}");
        return code.ToString();
    }
}
