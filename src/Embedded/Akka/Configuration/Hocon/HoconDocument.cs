using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads one text: members into objects, parts into values. Substitutions are left standing, for
/// <see cref="SubstitutionResolver" />. Missing closing braces at the end of the text are forgiven, as Akka.NET does;
/// anything else that is wrong is an error with its place.
/// </summary>
internal sealed class HoconDocument
{
    // Deeper than anyone writes, and far from what the stack of a thread takes.
    private const int MaximumDepth = 400;

    private readonly HoconReader _reader;
    private readonly HoconIncludes _includes;
    private readonly List<HoconSubstitution> _substitutions;
    private readonly List<string> _path;
    private int _depth;

    /// <summary>
    /// Reads what <paramref name="reader" /> stands before. <paramref name="includedAt" /> is the path of the include that
    /// this text is for.
    /// </summary>
    public HoconDocument(
        HoconReader reader, HoconIncludes includes, List<HoconSubstitution> substitutions, IReadOnlyList<string> includedAt)
    {
        _reader = reader;
        _includes = includes;
        _substitutions = substitutions;
        _path = [.. includedAt];
        IncludedAt = [.. includedAt];
    }

    private IReadOnlyList<string> IncludedAt { get; }

    /// <summary>Reads the whole text: the members of an object, in braces or not, or a list.</summary>
    public HoconValue ReadRoot()
    {
        _reader.SkipAllBlank();
        HoconValue root;
        if (_reader.Current is '[' or '{')
        {
            root = ReadValue();
            _reader.SkipAllBlank(andCommas: true);

            // After a braced root more members may follow; they are added to it.
            if (!_reader.AtEnd && root.State == SettlementState.Settled && root.GetObject() is { } members)
            {
                ReadMembers(members, inBraces: false);
            }
            else if (!_reader.AtEnd)
            {
                throw _reader.Error($"expected nothing more, found {_reader.Found()}");
            }
        }
        else
        {
            var members = new HoconObject();
            ReadMembers(members, inBraces: false);
            root = new HoconValue([members]);
        }

        return root;
    }

    /// <summary>Reads a value: parts next to each other up to a comma, the end of the line or a closing bracket.</summary>
    public HoconValue ReadValue()
    {
        var start = _reader.Position;
        var parts = new List<IHoconElement>();
        var substituted = false;
        while (true)
        {
            var blanks = _reader.TakeBlanks();
            if (_reader.AtEnd || _reader.AtComment || _reader.Current is '\n' or ',' or '}' or ']')
            {
                break;
            }

            if (blanks.Length > 0 && parts.Count > 0)
            {
                parts.Add(new HoconLiteral { Value = blanks, IsBlank = true });
            }

            var part = ReadPart();
            substituted |= part is HoconSubstitution;
            parts.Add(part);
        }

        if (parts.Count == 0)
        {
            throw _reader.Error($"expected a value, found {_reader.Found()}");
        }

        return substituted
            ? new HoconValue(parts) { State = SettlementState.Pending }
            : new HoconValue(HoconConcatenation.Join(parts, () => _reader.Place(start)));
    }

    private IHoconElement ReadPart()
    {
        switch (_reader.Current)
        {
            case '"':
                return new HoconLiteral { Value = HoconStrings.ReadQuoted(_reader) };
            case '{':
                return ReadNested(ReadObject);
            case '[':
                return ReadNested(ReadArray);
            case '$' when _reader.CharAt(1) == '{':
                return ReadSubstitution();
        }

        var start = _reader.Position;
        while (_reader.AtUnquoted)
        {
            _reader.Skip(1);
        }

        if (_reader.Position == start)
        {
            throw _reader.Error($"{_reader.Found()} cannot stand in an unquoted value; put the value in quotes");
        }

        var text = _reader.TextFrom(start);
        return new HoconLiteral { Value = text == "null" ? null! : text };
    }

    private T ReadNested<T>(Func<T> read)
    {
        if (++_depth > MaximumDepth)
        {
            throw _reader.Error($"objects and lists are nested more than {MaximumDepth} deep");
        }

        var value = read();
        _depth--;
        return value;
    }

    private HoconObject ReadObject()
    {
        _reader.Skip(1);
        var members = new HoconObject();
        ReadMembers(members, inBraces: true);
        return members;
    }

    private HoconArray ReadArray()
    {
        var start = _reader.Position;
        _reader.Skip(1);
        var array = new HoconArray();
        while (true)
        {
            _reader.SkipAllBlank(andCommas: true);
            if (_reader.AtEnd)
            {
                throw _reader.Error("this list has no closing ']'", start);
            }

            if (_reader.Current == ']')
            {
                _reader.Skip(1);
                return array;
            }

            if (_reader.Current == '}')
            {
                throw _reader.Error("expected ']' to close the list, found '}'");
            }

            array.Add(ReadValue());
        }
    }

    private HoconSubstitution ReadSubstitution()
    {
        var start = _reader.Position;
        _reader.Skip(2);
        var path = _reader.TakeThrough("}");
        if (path is null || path.Contains('\n') || path.Trim() is "" or "?")
        {
            throw _reader.Error("a substitution is written ${path} or ${?path}", start);
        }

        var substitution = new HoconSubstitution(path.Trim()) { IncludedAt = IncludedAt, Place = _reader.Place(start) };
        _substitutions.Add(substitution);
        return substitution;
    }

    private void ReadMembers(HoconObject target, bool inBraces)
    {
        while (true)
        {
            _reader.SkipAllBlank(andCommas: true);
            if (_reader.AtEnd)
            {
                return;
            }

            if (_reader.Current == '}' && inBraces)
            {
                _reader.Skip(1);
                return;
            }

            if (HoconIncludes.AtInclude(_reader))
            {
                _includes.Read(_reader, target, _path, _substitutions);
            }
            else
            {
                ReadMember(target);
            }

            ExpectEndOfMember();
        }
    }

    private void ExpectEndOfMember()
    {
        _reader.TakeBlanks();
        if (!_reader.AtEnd && !_reader.AtComment && _reader.Current is not ('\n' or ',' or '}'))
        {
            throw _reader.Error($"expected a comma or the end of the line after a value, found {_reader.Found()}");
        }
    }

    private void ReadMember(HoconObject target)
    {
        var key = ReadKey();
        _path.AddRange(key);
        _reader.SkipAllBlank();
        HoconValue value;
        if (_reader.Current == '{')
        {
            value = ReadValue();
        }
        else if (_reader.Matches("+="))
        {
            _reader.Skip(2);
            _reader.SkipAllBlank();
            var earlier = new HoconSubstitution("?" + string.Join('.', key)) { IsEarlierValue = true };
            value = new HoconValue([earlier, new HoconArray { ReadValue() }]) { State = SettlementState.Pending };
        }
        else if (_reader.Current is '=' or ':')
        {
            _reader.Skip(1);
            _reader.SkipAllBlank();
            value = ReadValue();
        }
        else
        {
            throw _reader.Error($"expected '=', ':', '+=' or '{{' after the key '{string.Join('.', key)}', found {_reader.Found()}");
        }

        _path.RemoveRange(_path.Count - key.Count, key.Count);
        for (var i = 0; i < key.Count - 1; i++)
        {
            target = HoconMerge.Descend(target, key[i]);
        }

        HoconMerge.Assign(target, key[^1], value);
    }

    /// <summary>Reads a key: segments between dots, each of quoted and unquoted pieces, blanks inside included.</summary>
    private List<string> ReadKey()
    {
        var segments = new List<string>();
        var segment = new StringBuilder();
        var any = false;
        while (true)
        {
            var blanks = _reader.TakeBlanks();
            if (_reader.Current == '.' || !(_reader.Current == '"' || (_reader.AtUnquoted && !_reader.Matches("+="))))
            {
                if (!any)
                {
                    throw _reader.Error(
                        segments.Count == 0 ? $"expected a key, found {_reader.Found()}" : "a key has an empty part between dots");
                }

                segments.Add(segment.ToString());
                segment.Clear();
                any = false;
                if (_reader.Current != '.')
                {
                    return segments;
                }

                _reader.Skip(1);
                continue;
            }

            segment.Append(any ? blanks : "");
            any = true;
            if (_reader.Current == '"')
            {
                segment.Append(HoconStrings.ReadQuoted(_reader));
            }
            else
            {
                segment.Append(_reader.Take());
            }
        }
    }
}
