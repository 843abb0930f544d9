using FsCheck;
using FsCheck.Fluent;

namespace ActorScheduler.Model.Specs;

public sealed class ValueRangesSpecs
{
    [Fact]
    public void Runs_that_touch_or_overlap_become_one()
    {
        ValueRanges ranges = ValueRanges.Of(new ValueRange(5, 9), new ValueRange(1, 2), new ValueRange(3, 4), new ValueRange(20, 20));
        Assert.Equal("[1-9, 20-20]", ranges.ToString());
        Assert.Equal(10ul, ranges.Count);
    }

    [Fact]
    public void Subtraction_cuts_holes()
    {
        ValueRanges ports = ValueRanges.Of(31000, 32000);
        ValueRanges left = ports.Subtract(ValueRanges.Of(new ValueRange(31000, 31009), new ValueRange(31500, 31500)));
        Assert.Equal("[31010-31499, 31501-32000]", left.ToString());
        Assert.Equal(ports, left.Add(ValueRanges.Of(31000, 31009)).Add(ValueRanges.Of(31500, 31500)));
    }

    [Fact]
    public void The_full_run_survives_its_edges()
    {
        ValueRanges all = ValueRanges.Of(0, ulong.MaxValue);
        Assert.Equal(ulong.MaxValue, all.Count);
        Assert.Equal($"[1-{ulong.MaxValue}]", all.Subtract(ValueRanges.Of(0, 0)).ToString());
        Assert.Equal(all, all.Add(ValueRanges.Of(7, ulong.MaxValue)));
    }

    [Fact]
    public void Agrees_with_a_hash_set()
    {
        Gen<byte[]> some = Gen.ArrayOf(Gen.Choose(0, 60).Select(n => (byte)n));
        Prop.ForAll(some.ToArbitrary(), some.ToArbitrary(), (left, right) =>
        {
            HashSet<byte> l = [.. left], r = [.. right];
            ValueRanges a = Make(l), b = Make(r);
            return a.Add(b).Equals(Make([.. l.Union(r)])) && a.Subtract(b).Equals(Make([.. l.Except(r)])) && a.Contains(b) == r.IsSubsetOf(l);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(42, 43));

        static ValueRanges Make(HashSet<byte> numbers) => ValueRanges.Of([.. numbers.Select(n => new ValueRange(n, n))]);
    }

    [Theory]
    [InlineData("31000-32000", "must be written")]
    [InlineData("[32000-31000]", "ends before it begins")]
    [InlineData("[a-b]", "not a range")]
    [InlineData("[-1-5]", "not a range")]
    public void Bad_text_is_told(string text, string reason)
    {
        Result<ValueRanges> result = ValueRanges.Parse(text, "ports");
        Assert.Equal("ports", result.Problem!.Field);
        Assert.Contains(reason, result.Problem.Reason, StringComparison.Ordinal);
    }
}
