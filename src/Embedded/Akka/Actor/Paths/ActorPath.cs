using System.Diagnostics.CodeAnalysis;
using System.Text;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The place of an actor in the hierarchy of its system, as <c>address/user/parent/child</c>. Two paths are equal when
/// address and elements are; the uid, which tells one incarnation of a name from the next, does not count.
/// </summary>
/// <remarks>One small object an actor: a path shares its parent's and computes all else when asked.</remarks>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>, ISurrogated
{
    /// <summary>Characters besides letters and digits that an element may hold; all others are to be percent-encoded.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private readonly ActorPath? _parent;

    /// <summary>Makes a root; <see cref="RootActorPath"/> keeps the address, so that the many other paths need not.</summary>
    protected ActorPath(Address address, string name) => Name = address is null ? throw new ArgumentNullException(nameof(address)) : name;

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _parent = parentPath;
        Name = name;
        Uid = uid;
    }

    /// <summary>The last element.</summary>
    public string Name { get; }

    /// <summary>Number of the incarnation; 0 when the path names none.</summary>
    public long Uid { get; }

    public abstract ActorPath Root { get; }

    public ActorPath Parent => _parent ?? this;

    /// <summary>Number of elements below the root.</summary>
    public int Depth
    {
        get
        {
            var depth = 0;
            for (var path = this; path._parent is { } parent; path = parent) depth++;
            return depth;
        }
    }

    public Address Address => ((RootActorPath)Root).RootAddress;

    /// <summary>The names from the root downward, without the root.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            var path = this;
            for (var i = elements.Length - 1; i >= 0; i--, path = path._parent!) elements[i] = path.Name;
            return elements;
        }
    }

    /// <summary>Elements as <see cref="Elements"/> gives them, the last one with <c>#uid</c> where there is one.</summary>
    internal IReadOnlyList<string> ElementsWithUid
    {
        get
        {
            var elements = (string[])Elements;
            if (elements.Length > 0) elements[^1] = NameWithUid;
            return elements;
        }
    }

    internal string NameWithUid => Uid == 0 ? Name : $"{Name}#{Uid}";

    /// <summary>The ancestor that has <paramref name="depth"/> elements; a negative depth counts upward from this path.</summary>
    public ActorPath ParentOf(int depth)
    {
        var steps = depth < 0 ? -depth : Math.Max(0, Depth - depth);
        var path = this;
        while (steps-- > 0) path = path.Parent;
        return path;
    }

    public ActorPath WithUid(long uid) => _parent is null || uid == Uid ? this : new ChildActorPath(_parent, Name, uid);

    public ActorPath Child(string childName) => this / childName;

    public static ActorPath operator /(ActorPath path, string name)
    {
        var hash = name.IndexOf('#');
        return hash < 0 || !long.TryParse(name.AsSpan(hash + 1), out var uid)
            ? new ChildActorPath(path, name, 0)
            : new ChildActorPath(path, name[..hash], uid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
            if (!string.IsNullOrEmpty(element))
                path /= element;
        return path;
    }

    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    public bool Equals(ActorPath? other)
    {
        var (a, b) = (this, other);
        while (!ReferenceEquals(a, b))
        {
            if (a is null || b is null || a.Name != b.Name) return false;
            if (a._parent is null && b._parent is null) return a.Address.Equals(b.Address);
            (a, b) = (a._parent, b._parent);
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode() => HashCode.Combine(Name, _parent?.Name);

    public int CompareTo(ActorPath? other)
    {
        if (other is null) return 1;
        var order = Address.CompareTo(other.Address);
        if (order != 0) return order;
        var (mine, others) = (Elements, other.Elements);
        for (var i = 0; order == 0 && i < mine.Count && i < others.Count; i++) order = string.CompareOrdinal(mine[i], others[i]);
        return order != 0 ? order : mine.Count - others.Count;
    }

    public string ToStringWithoutAddress()
    {
        var text = new StringBuilder();
        AppendElements(text);
        return text.ToString();
    }

    public override string ToString() => ToStringWithAddress(Address);

    public string ToStringWithUid() => WithUidSuffix(ToString());

    public string ToStringWithAddress() => ToStringWithAddress(Address);

    /// <summary>The path with its own address if that is a full one, else with <paramref name="address"/>.</summary>
    public string ToStringWithAddress(Address address)
    {
        var text = new StringBuilder((Address.HasGlobalScope ? Address : address).ToString());
        AppendElements(text);
        return text.ToString();
    }

    /// <summary>Text from which <see cref="Parse"/> makes an equal path with the same uid.</summary>
    public string ToSerializationFormat() => WithUidSuffix(ToStringWithAddress());

    public string ToSerializationFormatWithAddress(Address address) => WithUidSuffix(ToStringWithAddress(address));

    public ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(ToSerializationFormat());

    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <summary>Whether a name may be an element: not empty, not starting with $, of letters, digits, <see cref="ValidSymbols"/> and %XX.</summary>
    public static bool IsValidPathElement(string? s) => !string.IsNullOrEmpty(s) && s[0] != '$' && ActorPathText.HasValidSymbols(s);

    /// <exception cref="UriFormatException">The text is not a full path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        return Address.TryParse(path.AsSpan(), out var address, out var rest) &&
               ActorPathText.TryAppend(new RootActorPath(address), rest, out actorPath);
    }

    public static bool TryParse(ActorPath basePath, string absoluteUri, [NotNullWhen(true)] out ActorPath? actorPath) =>
        ActorPathText.TryAppend(basePath, absoluteUri.AsSpan(), out actorPath);

    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, [NotNullWhen(true)] out ActorPath? actorPath) =>
        ActorPathText.TryAppend(basePath, absoluteUri, out actorPath);

    public static bool TryParseAddress(string path, [NotNullWhen(true)] out Address? address) => Address.TryParse(path.AsSpan(), out address);

    public static bool TryParseAddress(string path, [NotNullWhen(true)] out Address? address, out ReadOnlySpan<char> absoluteUri) =>
        Address.TryParse(path.AsSpan(), out address, out absoluteUri);

    private void AppendElements(StringBuilder text)
    {
        if (_parent is null) text.Append('/');
        else AppendTo(text);
    }

    private void AppendTo(StringBuilder text)
    {
        if (_parent is null) return;
        _parent.AppendTo(text);
        text.Append('/').Append(Name);
    }

    private string WithUidSuffix(string text) => Uid == 0 ? text : $"{text}#{Uid}";

    /// <summary>The form in which a path travels inside a serialized message.</summary>
    public sealed class Surrogate(string path) : ISurrogate
    {
        public string Path { get; } = path;

        public ISurrogated FromSurrogate(ActorSystem system) => Parse(Path);
    }
}
