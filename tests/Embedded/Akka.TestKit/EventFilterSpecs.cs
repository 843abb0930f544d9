using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Xunit.Sdk;

namespace Akka.Specs.TestKit;

public class EventFilterSpecs() : Akka.TestKit.Xunit2.TestKit("akka { loglevel = DEBUG, test.filter-leeway = 1s }")
{
    [Theory]
    [InlineData(LogLevel.DebugLevel)]
    [InlineData(LogLevel.InfoLevel)]
    [InlineData(LogLevel.WarningLevel)]
    [InlineData(LogLevel.ErrorLevel)]
    public void Events_are_picked_by_level_message_start_part_pattern_and_source(LogLevel level)
    {
        void Write() => Sys.Log.Log(level, null, "the message");

        EventFilter.ForLogLevel(level, "the message").ExpectOne(Write);
        EventFilter.ForLogLevel(level, start: "the").ExpectOne(Write);
        EventFilter.ForLogLevel(level, contains: "mess").ExpectOne(Write);
        EventFilter.ForLogLevel(level, new Regex("m.ssage")).ExpectOne(Write);
        EventFilter.ForLogLevel(level, source: $"ActorSystem({Sys.Name})").Expect(2, () =>
        {
            Write();
            Write();
        });
        EventFilter.Custom(logEvent => logEvent.LogLevel() == level && logEvent.ToString().Contains("the message", StringComparison.Ordinal)).ExpectOne(Write);
        EventFilter.ForLogLevel(level, "another").Expect(0, Write);
    }

    [Fact]
    public void Too_few_or_too_many_are_a_failure()
    {
        Assert.ThrowsAny<XunitException>(() => EventFilter.Error("x").ExpectOne(() => { }));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Error("x").ExpectOne(() =>
        {
            Sys.Log.Error("x");
            Sys.Log.Error("x");
            // One that comes last shows that both have come.
            EventFilter.Error("last").ExpectOne(() => Sys.Log.Error("last"));
        }));
    }

    [Fact]
    public void Exceptions_are_picked_by_type_and_message()
    {
        var failure = new ArgumentException("bad", new FormatException("worse"));
        void Write() => Sys.Log.Error(failure, "it failed");

        EventFilter.Exception<ArgumentException>().ExpectOne(Write);
        EventFilter.Exception<Exception>("bad").ExpectOne(Write);
        EventFilter.Exception<ArgumentException>("it failed").ExpectOne(Write);
        EventFilter.Exception(typeof(FormatException), "worse", checkInnerExceptions: true).ExpectOne(Write);
        EventFilter.Exception<FormatException>().Expect(0, Write);
    }

    [Fact]
    public async Task Filters_work_across_awaits_together_and_for_dead_letters()
    {
        await EventFilter.Error("a").And.Warning("b").ExpectAsync(2, async () =>
        {
            await Task.Yield();
            Sys.Log.Error("a");
            Sys.Log.Warning("b");
        });
        var dead = Sys.ActorOf(Props.Empty);
        await dead.GracefulStop(TimeSpan.FromSeconds(3));
        EventFilter.DeadLetter<int>(number => number == 5, dead.Path.ToString()).ExpectOne(() =>
        {
            dead.Tell(4);
            dead.Tell(5);
        });
        Assert.Equal(7, EventFilter.Error("a").Mute(() =>
        {
            Sys.Log.Error("a");
            return 7;
        }));
    }
}
