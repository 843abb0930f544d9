using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit;

/// <summary>Makes event filters: <c>EventFilter.Error("text").ExpectOne(() =&gt; ...)</c>. Of the texts that are given, the first counts.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    public EventFilterFactory(TestKitBase testkit) : this(testkit, testkit.Sys)
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    /// <param name="filters">Filters that go together with those made here.</param>
    public EventFilterFactory(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
    {
        _testkit = testkit;
        _system = system;
        _filters = filters;
    }

    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        Applier(new ErrorFilter(exceptionType, new RegexMatcher(pattern), Source(source), checkInnerExceptions));

    public IEventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public IEventFilterApplier Exception(
        Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null, bool checkInnerExceptions = false) =>
        Applier(new ErrorFilter(exceptionType, Message(message, start, contains), Source(source), checkInnerExceptions));

    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Applier(new ErrorFilter(Message(message, start, contains), Source(source)));

    public IEventFilterApplier Error(Regex pattern, string? source = null) => Applier(new ErrorFilter(new RegexMatcher(pattern), Source(source)));

    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Applier(new WarningFilter(Message(message, start, contains), Source(source)));

    public IEventFilterApplier Warning(Regex pattern, string? source = null) => Applier(new WarningFilter(new RegexMatcher(pattern), Source(source)));

    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Applier(new InfoFilter(Message(message, start, contains), Source(source)));

    public IEventFilterApplier Info(Regex pattern, string? source = null) => Applier(new InfoFilter(new RegexMatcher(pattern), Source(source)));

    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Applier(new DebugFilter(Message(message, start, contains), Source(source)));

    public IEventFilterApplier Debug(Regex pattern, string? source = null) => Applier(new DebugFilter(new RegexMatcher(pattern), Source(source)));

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Applier(FilterFor(logLevel, Message(message, start, contains), Source(source)));

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        Applier(FilterFor(logLevel, new RegexMatcher(pattern), Source(source)));

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Applier(new CustomEventFilter(predicate));

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Custom(logEvent => logEvent is TLogEvent typed && predicate(typed));

    public IEventFilterApplier DeadLetter() => DeadLetter(static _ => true, null);

    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(static letter => letter.Message is TMessage, source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetter(letter => letter.Message is TMessage message && isMatch(message), source);

    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetter(letter => type.IsInstanceOfType(letter.Message), source);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        DeadLetter(letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message), source);

    private static IStringMatcher Message(string? message, string? start, string? contains) => (message, start, contains) switch
    {
        (not null, _, _) => new EqualsString(message),
        (_, not null, _) => new StartsWithString(start),
        (_, _, not null) => new ContainsString(contains),
        _ => MatchesAll.Instance,
    };

    private static IStringMatcher Source(string? source) => source is null ? MatchesAll.Instance : new EqualsStringAndPathMatcher(source);

    private static EventFilterBase FilterFor(LogLevel level, IStringMatcher message, IStringMatcher source) => level switch
    {
        LogLevel.DebugLevel => new DebugFilter(message, source),
        LogLevel.InfoLevel => new InfoFilter(message, source),
        LogLevel.WarningLevel => new WarningFilter(message, source),
        LogLevel.ErrorLevel => new ErrorFilter(message, source),
        _ => throw new ArgumentOutOfRangeException(nameof(level), $"Unknown {nameof(LogLevel)}: {level}"),
    };

    private InternalEventFilterApplier DeadLetter(Predicate<DeadLetter> isMatch, string? source) =>
        Applier(new DeadLettersFilter(null, Source(source), isMatch));

    private InternalEventFilterApplier Applier(EventFilterBase filter) => new(_testkit, _system, [.. _filters, filter]);
}
