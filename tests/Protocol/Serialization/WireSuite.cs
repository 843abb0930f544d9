using System.Globalization;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Akka.TestKit.Xunit2;
using FsCheck.Fluent;

namespace ActorScheduler.Protocol.Specs.Serialization;

/// <summary>What holds for every serializer of the product, and for each type that is bound to it.</summary>
public abstract class WireSuite : TestKit
{
    private readonly Type _marker;
    private readonly GoldenFile _golden;
    private readonly GoldenFile _enumerations;

    protected WireSuite(Type marker, string golden, string enumerations, Config config)
        : base(config)
    {
        _marker = marker;
        _golden = new GoldenFile(golden);
        _enumerations = new GoldenFile(enumerations);
        Serializer = (SerializerWithStringManifest)((ExtendedActorSystem)Sys).Serialization.FindSerializerForType(marker);
    }

    protected SerializerWithStringManifest Serializer { get; }

    private IReadOnlyList<Type> Types => [.. _marker.Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && _marker.IsAssignableFrom(type)).OrderBy(static type => type.FullName, StringComparer.Ordinal)];

    private IReadOnlyList<(string Manifest, object Value, byte[] Bytes)> All =>
        [.. Types.Select(type => new Samples(Sys.DeadLetters).Of(type)).Select(value => (Serializer.Manifest(value), value, Serializer.ToBinary(value)))
            .OrderBy(static one => one.Item1[0]).ThenBy(static one => int.Parse(one.Item1[1..], CultureInfo.InvariantCulture))];

    [Fact]
    public void Every_type_has_a_short_manifest_of_its_own()
    {
        string[] manifests = [.. All.Select(static one => one.Manifest)];

        Assert.Equal(manifests.Length, manifests.Distinct(StringComparer.Ordinal).Count());
        Assert.All(manifests, static manifest => Assert.Matches("^[a-z][0-9]{1,3}$", manifest));
    }

    [Fact]
    public void Every_field_of_every_type_comes_back_whatever_it_holds() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        foreach (Type type in Types)
            ExpectRoundtrip(new Samples(Sys.DeadLetters, random).Of(type));
    }));

    [Fact]
    public void Fields_that_are_zero_come_back_as_zero()
    {
        foreach (Type type in Types)
            ExpectRoundtrip(new Samples(Sys.DeadLetters, low: true).Of(type));
    }

    [Fact]
    public void Bytes_are_those_of_the_golden_file() =>
        _golden.Expect([.. All.Select(static one => (one.Manifest, Convert.ToHexStringLower(one.Bytes)))]);

    [Fact]
    public void Bytes_that_were_ever_written_are_read()
    {
        foreach ((string manifest, string hex) in _golden.Lines)
            Same.ExpectWhole(Serializer.FromBinary(Convert.FromHexString(hex), manifest), manifest);
    }

    [Fact]
    public void Numbers_of_enumerations_are_those_of_the_golden_file() => _enumerations.Expect(
        [.. Reachable.From(Types).Where(static type => type.IsEnum).OrderBy(static type => type.FullName, StringComparer.Ordinal)
            .SelectMany(static type => Enum.GetValues(type).Cast<object>().Select(value => ($"{type.Name}.{value}".Replace(" ", "", StringComparison.Ordinal), Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture))))]);

    [Fact]
    public void What_is_cut_off_is_refused_or_whole()
    {
        foreach ((string manifest, _, byte[] bytes) in All)
        {
            for (int length = 0; length < bytes.Length; length++)
                ExpectRefusedOrWhole(bytes[..length], manifest);
        }
    }

    [Fact]
    public void What_is_changed_on_the_way_is_refused_or_whole()
    {
        var random = new Random(1);
        foreach ((string manifest, _, byte[] bytes) in All.Where(static one => one.Bytes.Length > 0))
        {
            for (int i = 0; i < 300; i++)
            {
                byte[] changed = [.. bytes];
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                    changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                ExpectRefusedOrWhole(changed, manifest);
            }
        }
    }

    [Fact]
    public void Noise_is_refused_or_whole()
    {
        var random = new Random(2);
        byte[] noise = new byte[64];
        foreach ((string manifest, _, _) in All)
        {
            for (int i = 0; i < 100; i++)
            {
                random.NextBytes(noise);
                ExpectRefusedOrWhole(noise, manifest);
            }
        }
    }

    [Fact]
    public void Deep_and_long_fields_take_no_more_than_they_are()
    {
        byte[][] traps =
        [
            Nested(100_000), [0x0a, 0xff, 0xff, 0xff, 0xff, 0x07], [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0x0b, 0x0c],
            [.. Enumerable.Repeat<byte[]>([0x0a, 0x00], 50_000).SelectMany(static pair => pair)],
            .. Enumerable.Range(1, 15).Select(static field => Filled(field, 50_000)),
        ];
        foreach ((string manifest, _, _) in All)
        {
            foreach (byte[] trap in traps)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                object? read = Read(trap, manifest);
                long made = GC.GetAllocatedBytesForCurrentThread() - before;
                if (read is not null)
                    Same.ExpectWhole(read, manifest);
                Assert.True(made < 100_000 + 64L * trap.Length, $"{manifest}: {trap.Length} bytes, the first {trap[0]}, made {made}");
            }
        }
    }

    [Fact]
    public void Fields_of_a_newer_version_are_passed_over()
    {
        // Fields 4000 to 4003: a number, eight bytes, text, four bytes.
        byte[] newer = [0x80, 0xfa, 0x01, 0x05, 0x89, 0xfa, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0x92, 0xfa, 0x01, 0x02, 0x61, 0x62, 0x9d, 0xfa, 0x01, 1, 2, 3, 4];
        foreach ((string manifest, object value, byte[] bytes) in All)
        {
            Same.Expect(value, Serializer.FromBinary([.. bytes, .. newer], manifest), manifest);
            Same.Expect(value, Serializer.FromBinary([.. newer, .. bytes], manifest), manifest);
        }
    }

    [Fact]
    public void What_is_not_known_is_an_error_that_says_so()
    {
        Assert.Contains("zz", Assert.Throws<SerializationException>(() => Serializer.FromBinary([], "zz")).Message, StringComparison.Ordinal);
        Assert.Throws<SerializationException>(() => Serializer.Manifest("text"));
        Assert.Throws<SerializationException>(() => Serializer.ToBinary("text"));
    }

    private void ExpectRoundtrip(object value)
    {
        string manifest = Serializer.Manifest(value);
        Same.Expect(value, Serializer.FromBinary(Serializer.ToBinary(value), manifest), value.GetType().Name);
    }

    private void ExpectRefusedOrWhole(byte[] bytes, string manifest)
    {
        if (Read(bytes, manifest) is { } read)
            Same.ExpectWhole(read, manifest);
    }

    /// <summary>What is read, or null when it is refused as it should be.</summary>
    private object? Read(byte[] bytes, string manifest)
    {
        try
        {
            return Serializer.FromBinary(bytes, manifest);
        }
        catch (SerializationException e)
        {
            Assert.StartsWith($"'{manifest}' (", e.Message, StringComparison.Ordinal);
            return null;
        }
    }

    /// <summary>A field in a field in a field, each with its right length, innermost first.</summary>
    private static byte[] Nested(int depth)
    {
        var backwards = new List<byte>();
        for (int i = 0; i < depth; i++)
        {
            var length = new List<byte>();
            int rest = backwards.Count;
            for (; rest >= 0x80; rest >>= 7)
                length.Add((byte)(rest | 0x80));
            length.Add((byte)rest);
            length.Reverse();
            backwards.AddRange(length);
            backwards.Add(0x0a);
        }
        backwards.Reverse();
        return [.. backwards];
    }

    /// <summary>A field with as many empty items as there is room for.</summary>
    private static byte[] Filled(int field, int items) =>
        [(byte)((field << 3) | 2), (byte)(items * 2 | 0x80), (byte)((items * 2 >> 7) | 0x80), (byte)(items * 2 >> 14), .. Enumerable.Repeat<byte[]>([0x0a, 0x00], items).SelectMany(static pair => pair)];
}
