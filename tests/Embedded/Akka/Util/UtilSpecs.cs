using System.Linq.Expressions;
using Akka.Actor;
using Akka.Util;
using Akka.Util.Internal;
using Akka.Util.Reflection;

namespace Akka.Specs.Util;

public class UtilSpecs
{
    [Fact]
    public void Options_hold_a_value_or_none()
    {
        Option<int> some = 1;
        Assert.True(some.HasValue);
        Assert.Equal(2, some.Select(x => x + 1).Value);
        Assert.Equal(Option<int>.None, some.FlatSelect(_ => Option<int>.None));
        Assert.Equal(7, Option<int>.None.GetOrElse(7));
        Assert.True(Option<string>.Create(null!).IsEmpty);
        Assert.True(new Option<int>(1) == some && some != Option<int>.None);
    }

    [Fact]
    public void Results_tries_and_eithers_keep_failures_apart()
    {
        Assert.True(Result.From(() => 1).IsSuccess);
        Assert.IsType<FormatException>(Result.From(() => int.Parse("x")).Exception);
        Assert.Equal(2, Try<int>.From(() => int.Parse("x")).RecoverWith(_ => 2).Get());
        Assert.Throws<FormatException>(() => Try<int>.From(() => int.Parse("x")).Get());
        Either<string, int> right = Either.Right(3);
        Assert.Equal(4, right.MapRight(x => x + 1).Fold(_ => 0, x => x));
    }

    [Theory]
    [InlineData("akka.actor", "akka.*", true)]
    [InlineData("akka.actor", "*", true)]
    [InlineData("akka", "a??a", true)]
    [InlineData("akka", "A*A", true)]
    [InlineData("aXbXc", "*X*c", true)]
    [InlineData("akka", "a?a", false)]
    [InlineData("", "?", false)]
    [InlineData("", "*", true)]
    public void Wildcards_match_runs_and_single_characters(string text, string pattern, bool matches)
    {
        Assert.Equal(matches, text.Like(pattern));
    }

    [Fact]
    public void Stable_priority_queues_keep_the_order_of_equals()
    {
        var queue = new StableListPriorityQueue(4, message => ((ValueTuple<int, int>)message).Item1);
        var random = new Random(1);
        var items = Enumerable.Range(0, 500).Select(i => (random.Next(5), i)).ToList();
        foreach (var item in items)
        {
            queue.Enqueue(new Envelope(item, null!));
            Assert.True(queue.IsConsistent());
        }

        var taken = Enumerable.Range(0, 500).Select(_ => (ValueTuple<int, int>)queue.Dequeue().Message).ToList();

        Assert.Equal(items.OrderBy(item => item.Item1).ThenBy(item => item.i), taken);
    }

    [Theory]
    [InlineData("1.2.3", "1.2.4")]
    [InlineData("1.2.9", "1.2.10")]
    [InlineData("1.2.3-RC1", "1.2.3")]
    [InlineData("1.2.3-M1", "1.2.3-RC1")]
    [InlineData("1.2", "1.2.1")]
    public void Versions_are_ordered(string earlier, string later)
    {
        Assert.True(AppVersion.Create(earlier).CompareTo(AppVersion.Create(later)) < 0);
        Assert.True(AppVersion.Create(later).CompareTo(AppVersion.Create(earlier)) > 0);
        Assert.Equal(0, AppVersion.Create("1.2").CompareTo(AppVersion.Create("1.2.0")));
    }

    [Fact]
    public void Constructor_arguments_are_read_from_the_expression()
    {
        var local = "captured";
        Expression<Func<KeyValuePair<object, long>>> call = () => new KeyValuePair<object, long>(local, local.Length + 1);

        Assert.Equal([local, 9L], ((NewExpression)call.Body).GetArguments());
    }

    [Fact]
    public void Type_names_go_without_versions_and_find_their_types()
    {
        foreach (var type in new[] { typeof(string), typeof(UtilSpecs), typeof(List<UtilSpecs>), typeof(Dictionary<string, List<int[]>>), typeof(int[,]) })
        {
            var name = type.TypeQualifiedName();
            Assert.DoesNotContain("Version", name, StringComparison.Ordinal);
            Assert.Same(type, Type.GetType(name));
        }
    }

    [Fact]
    public void Counters_switches_and_indexes_work_for_threads()
    {
        var counter = new AtomicCounterLong(0);
        Parallel.For(0, 1000, _ => counter.Next());
        Assert.Equal(1000, counter.Current);
        Assert.Equal(0, new AtomicCounter().Next());

        var isOn = new Switch();
        Assert.True(isOn.SwitchOn());
        Assert.False(isOn.SwitchOn());
        Assert.Throws<InvalidOperationException>(() => isOn.SwitchOff(() => throw new InvalidOperationException()));
        Assert.True(isOn.IsOn);

        var index = new Index<string, int>();
        Assert.True(index.Put("a", 1));
        Assert.False(index.Put("a", 1));
        index.Put("b", 1);
        index.RemoveValue(1);
        Assert.True(index.IsEmpty);
    }

    [Fact]
    public void Hashes_depend_on_the_text_alone()
    {
        Assert.Equal(MurmurHash.StringHash("entity-1"), MurmurHash.StringHash(string.Concat("entity", "-1")));
        Assert.True(Enumerable.Range(0, 10_000).Select(i => MurmurHash.StringHash($"e{i}")).Distinct().Count() > 9_990);
        Assert.Equal(MurmurHash.SymmetricHash([1, 2, 3], 7), MurmurHash.SymmetricHash([3, 2, 1], 7));
    }
}
