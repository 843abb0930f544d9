namespace Akka.Util;

/// <summary>
/// A hash that is the same in each process and version, unlike those of the runtime: the variant of MurmurHash 3 (A. Appleby)
/// whose mixing constants change with each step.
/// </summary>
public static class MurmurHash
{
    /// <summary>The first of the constants that change with each step.</summary>
    public const uint StartMagicA = 0x95543787;

    /// <summary>The second of the constants that change with each step.</summary>
    public const uint StartMagicB = 0x2ad7eb25;

    private const uint VisibleMagic = 0x971e137b;
    private const uint VisibleMixer = 0x52dce729;
    private const uint MixerA = 0x7b7d159c;
    private const uint MixerB = 0x6bce6396;
    private const uint FinalMixer1 = 0x85ebca6b;
    private const uint FinalMixer2 = 0xc2b2ae35;
    private const uint SeedString = 0xf7ca7fd2;
    private const uint SeedArray = 0x3c074a61;

    /// <summary>Begins a hash.</summary>
    public static uint StartHash(uint seed) => seed ^ VisibleMagic;

    /// <summary>The next of the first constants.</summary>
    public static uint NextMagicA(uint magicA) => unchecked((magicA * 5) + MixerA);

    /// <summary>The next of the second constants.</summary>
    public static uint NextMagicB(uint magicB) => unchecked((magicB * 5) + MixerB);

    /// <summary>Takes one more value into the hash.</summary>
    public static uint ExtendHash(uint hash, uint value, uint magicA, uint magicB) =>
        unchecked(((hash ^ (uint.RotateLeft(value * magicA, 11) * magicB)) * 3) + VisibleMixer);

    /// <summary>Ends a hash.</summary>
    public static uint FinalizeHash(uint hash)
    {
        unchecked
        {
            hash ^= hash >> 16;
            hash *= FinalMixer1;
            hash ^= hash >> 13;
            hash *= FinalMixer2;
            return hash ^ (hash >> 16);
        }
    }

    /// <summary>The hash of bytes, four at a time.</summary>
    public static int ByteHash(byte[] b)
    {
        var step = new Step(unchecked((uint)b.Length * SeedArray));
        var i = 0;
        for (; i + 3 < b.Length; i += 4)
        {
            step.Add(((uint)b[i] << 24) | ((uint)b[i + 1] << 16) | ((uint)b[i + 2] << 8) | b[i + 3]);
        }

        var rest = 0u;
        for (var shift = 24; i < b.Length; i++, shift -= 8)
        {
            rest |= (uint)b[i] << shift;
        }

        if (b.Length % 4 != 0)
        {
            step.Add(rest);
        }

        return step.End();
    }

    /// <summary>The hash of an array out of the hashes of its elements.</summary>
    public static int ArrayHash<T>(T[] a)
    {
        var step = new Step(unchecked((uint)a.Length * SeedArray));
        foreach (var item in a)
        {
            step.Add((uint)(item?.GetHashCode() ?? 0));
        }

        return step.End();
    }

    /// <summary>The hash of a string, two characters at a time.</summary>
    public static int StringHash(string s)
    {
        var step = new Step(unchecked((uint)s.Length * SeedString));
        var i = 0;
        for (; i + 1 < s.Length; i += 2)
        {
            step.Add(((uint)s[i] << 16) + s[i + 1]);
        }

        if (i < s.Length)
        {
            step.Add(s[i]);
        }

        return step.End();
    }

    /// <summary>A hash to which the order of the elements does not matter.</summary>
    public static int SymmetricHash<T>(IEnumerable<T> xs, uint seed)
    {
        unchecked
        {
            uint sum = 0, parity = 0, count = 0, product = 1;
            foreach (var x in xs)
            {
                var hash = (uint)(x?.GetHashCode() ?? 0);
                sum += hash;
                parity ^= hash;
                product *= hash == 0 ? 1 : hash;
                count++;
            }

            var step = new Step(seed * count);
            step.Add(sum);
            step.Add(parity);
            step.Add(product);
            return step.End();
        }
    }

    private struct Step(uint seed)
    {
        private uint _hash = StartHash(seed);
        private uint _magicA = StartMagicA;
        private uint _magicB = StartMagicB;

        public void Add(uint value)
        {
            _hash = ExtendHash(_hash, value, _magicA, _magicB);
            _magicA = NextMagicA(_magicA);
            _magicB = NextMagicB(_magicB);
        }

        public readonly int End() => unchecked((int)FinalizeHash(_hash));
    }
}
