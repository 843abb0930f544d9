namespace Akka.Configuration.Hocon;

/// <summary>Makes one thing of the parts that stand next to each other: one text, one list or one object.</summary>
internal static class HoconConcatenation
{
    /// <summary>The one part that <paramref name="parts" /> make together; no part when there is none.</summary>
    /// <exception cref="ConfigurationException">Text stands next to a list or object, or a list next to an object.</exception>
    public static List<IHoconElement> Join(List<IHoconElement> parts, Func<string> place)
    {
        if (parts.Count < 2)
        {
            return parts;
        }

        var solid = parts.FindAll(part => part is not HoconLiteral { IsBlank: true });
        if (solid.TrueForAll(part => part is HoconLiteral))
        {
            return solid.Count == 0
                ? []
                : solid.Count == 1 && solid[0] is HoconLiteral { Value: null }
                ? solid
                : [new HoconLiteral { Value = string.Concat(parts.Select(part => part.GetString() ?? "null")) }];
        }

        // Nothing and null add nothing to a list or an object.
        solid.RemoveAll(part => part is HoconLiteral { Value: null or "" });
        if (solid.TrueForAll(part => part is HoconArray))
        {
            var joined = new HoconArray();
            solid.ForEach(part => joined.AddRange(part.GetArray()));
            return [joined];
        }

        if (solid.TrueForAll(part => part is HoconObject))
        {
            return [solid.Cast<HoconObject>().Aggregate(HoconMerge.Merged)];
        }

        throw new ConfigurationException(
            $"HOCON error at {place()}: text, lists and objects cannot be joined to one value; separate them or use quotes.");
    }
}
