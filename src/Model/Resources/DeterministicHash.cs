namespace ActorScheduler.Model;

/// <summary>
/// Hashes that are the same in every process. The runtime's string hashes are seeded per process; hashed collections that are
/// enumerated would then make the same seed decide differently from run to run.
/// </summary>
internal static class DeterministicHash
{
    /// <summary>FNV-1a over UTF-16 code units.</summary>
    public static int Of(string? text)
    {
        uint hash = 2166136261;
        if (text is not null)
        {
            foreach (char c in text)
                hash = (hash ^ c) * 16777619;
        }
        return (int)hash;
    }

    public static int Combine(int left, int right)
    {
        uint mixed = (uint)left * 0x9E3779B1u ^ (uint)right;
        mixed ^= mixed >> 15;
        return (int)(mixed * 0x85EBCA77u);
    }
}
