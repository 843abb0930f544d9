namespace Akka.Configuration.Hocon;

/// <summary>
/// Include statements: <c>include "name"</c>, <c>include file("name")</c> and <c>include required(...)</c>. With a callback
/// the callback answers them; otherwise the name is a file, relative to the including file or to the program's folder. What
/// is not there is an empty object, unless it is required.
/// </summary>
internal sealed class HoconIncludes
{
    private const string Keyword = "include";
    private const int MaximumDepth = 50;

    private readonly Func<string, HoconRoot>? _callback;
    private readonly string _folder;
    private readonly int _depth;

    private HoconIncludes(Func<string, HoconRoot>? callback, string folder, int depth)
    {
        _callback = callback;
        _folder = folder;
        _depth = depth;
    }

    public static HoconIncludes FromCallback(Func<string, HoconRoot> callback) => new(callback, string.Empty, 0);

    public static HoconIncludes FromFolder(string folder) => new(null, folder, 0);

    /// <summary>Whether an include statement begins here; <c>include</c> is also a fine name for a key.</summary>
    public static bool AtInclude(HoconReader reader)
    {
        if (!reader.Matches(Keyword))
        {
            return false;
        }

        var offset = Keyword.Length;
        while (reader.CharAt(offset) is ' ' or '\t')
        {
            offset++;
        }

        if (reader.CharAt(offset) == '"')
        {
            return true;
        }

        while (char.IsAsciiLetter(reader.CharAt(offset)))
        {
            offset++;
        }

        return reader.CharAt(offset) == '(' && offset > Keyword.Length;
    }

    /// <summary>Reads the statement and adds what it brings to <paramref name="target" />, which is at <paramref name="path" />.</summary>
    public void Read(HoconReader reader, HoconObject target, List<string> path, List<HoconSubstitution> substitutions)
    {
        var start = reader.Position;
        reader.Skip(Keyword.Length);
        var required = false;
        var open = 0;
        while (reader.TakeBlanks() is not null && reader.Current != '"')
        {
            var word = reader.Position;
            while (char.IsAsciiLetter(reader.Current))
            {
                reader.Skip(1);
            }

            var form = reader.TextFrom(word);
            if (form is not ("required" or "file" or "url" or "classpath" or "resource") || reader.Take() != '(')
            {
                throw reader.Error("an include is written include \"name\", include file(\"name\") or include required(file(\"name\"))", start);
            }

            required |= form == "required";
            open++;
        }

        var name = HoconStrings.ReadQuoted(reader);
        for (; open > 0; open--)
        {
            reader.TakeBlanks();
            if (reader.Take() != ')')
            {
                throw reader.Error("expected ')' to end the include", start);
            }
        }

        var included = _callback is null ? ReadFile(name, path, substitutions) : _callback(name)?.Value?.GetObject();
        if (included is not null)
        {
            foreach (var (key, value) in included.Items)
            {
                HoconMerge.Assign(target, key, _callback is null ? value : CopyOf(value));
            }
        }
        else if (required)
        {
            throw reader.Error($"the required include '{name}' is not there", start);
        }
    }

    private HoconObject? ReadFile(string name, List<string> path, List<HoconSubstitution> substitutions)
    {
        var file = Path.Combine(_folder, name);
        if (!File.Exists(file))
        {
            return null;
        }

        if (_depth == MaximumDepth)
        {
            throw new ConfigurationException($"Includes are nested more than {MaximumDepth} deep at {file}; does it include itself?");
        }

        var inner = new HoconIncludes(null, Path.GetDirectoryName(Path.GetFullPath(file))!, _depth + 1);
        return new HoconDocument(new HoconReader(File.ReadAllText(file), file), inner, substitutions, path).ReadRoot().GetObject();
    }

    // A callback may give out one tree twice, and later assignments change objects in place.
    private static HoconValue CopyOf(HoconValue value)
    {
        if (value.GetObject() is not { } members)
        {
            return value;
        }

        var copy = new HoconObject();
        foreach (var (key, member) in members.Items)
        {
            copy.Items[key] = CopyOf(member);
        }

        return new HoconValue([copy]);
    }
}
