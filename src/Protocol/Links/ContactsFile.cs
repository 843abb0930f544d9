using Akka.Actor;

namespace ActorScheduler.Protocol.Links;

/// <summary>
/// Masters that were heard of, in a file, a line each, the latest first: who was told of one only finds the others also when that
/// one is gone at the next start. A line that is no address is left out.
/// </summary>
/// <param name="path">Where.</param>
internal sealed class ContactsFile(string path)
{
    /// <summary>Most that are kept. A cluster has a handful of masters; older ones may be replaced already.</summary>
    public const int Most = 20;

    private List<Address> _contacts = [];

    /// <summary>Reads it; nothing when there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyList<Address> Read() => _contacts = File.Exists(path)
        ? [.. File.ReadLines(path).Select(static line => Address.TryParse(line, out Address? address) && address.HasGlobalScope ? address : null).OfType<Address>().Distinct().Take(Most)]
        : [];

    /// <summary>Whether one is kept.</summary>
    public bool Has(Address contact) => _contacts.Contains(contact);

    /// <summary>Keeps one more.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(Address contact)
    {
        if (_contacts is [var first, ..] && first.Equals(contact))
            return;
        _contacts = [contact, .. _contacts.Where(known => !known.Equals(contact)).Take(Most - 1)];
        // Whole or not at all: half a file would be half the way back.
        string whole = $"{path}.new";
        PrivateFiles.File(whole);
        File.WriteAllLines(whole, _contacts.Select(static known => known.ToString()));
        File.Move(whole, path, overwrite: true);
    }
}
