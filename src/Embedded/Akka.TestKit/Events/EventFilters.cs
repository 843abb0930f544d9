using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal
{
    /// <summary>Debug events.</summary>
    public sealed class DebugFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null)
        : EventFilterBase(messageMatcher, sourceMatcher)
    {
        protected override string FilterDescriptiveName => "Debug";

        protected override bool IsMatch(LogEvent evt) => evt is Debug && InternalDoMatch(evt.LogSource, evt.Message);
    }

    /// <summary>Info events.</summary>
    public sealed class InfoFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null)
        : EventFilterBase(messageMatcher, sourceMatcher)
    {
        protected override string FilterDescriptiveName => "Info";

        protected override bool IsMatch(LogEvent evt) => evt is Info && InternalDoMatch(evt.LogSource, evt.Message);
    }

    /// <summary>Warning events.</summary>
    public sealed class WarningFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null)
        : EventFilterBase(messageMatcher, sourceMatcher)
    {
        protected override string FilterDescriptiveName => "Warning";

        protected override bool IsMatch(LogEvent evt) => evt is Warning && InternalDoMatch(evt.LogSource, evt.Message);
    }

    /// <summary>Error events, of any cause or of exceptions of a type.</summary>
    public sealed class ErrorFilter : EventFilterBase
    {
        private readonly Type? _exceptionType;
        private readonly bool _looksInside;

        public ErrorFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null)
            : this(null!, messageMatcher, sourceMatcher)
        {
        }

        /// <param name="recurseInnerExceptions">Whether the causes of the exception count too.</param>
        public ErrorFilter(
            Type? exceptionType, IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null, bool recurseInnerExceptions = false)
            : base(messageMatcher, sourceMatcher)
        {
            _exceptionType = exceptionType;
            _looksInside = recurseInnerExceptions;
        }

        protected override string FilterDescriptiveName => "Error";

        protected override bool IsMatch(LogEvent evt)
        {
            if (evt is not Error error) return false;
            if (_exceptionType is null) return InternalDoMatch(error.LogSource, error.Message);
            for (var cause = error.Cause; cause is not null; cause = _looksInside ? cause.InnerException : null)
            {
                if (!_exceptionType.IsInstanceOfType(cause)) continue;
                if (InternalDoMatch(error.LogSource, error.Message) || InternalDoMatch(error.LogSource, cause.Message)) return true;
            }

            return false;
        }
    }

    /// <summary>Events for which a predicate holds.</summary>
    public class CustomEventFilter(Predicate<LogEvent> predicate) : EventFilterBase(null, null)
    {
        protected override string FilterDescriptiveName => "Custom";

        protected override bool IsMatch(LogEvent evt) => predicate(evt);
    }
}

namespace Akka.TestKit
{
    /// <summary>Dead letters, which the listener wraps into warnings.</summary>
    public class DeadLettersFilter(IStringMatcher? messageMatcher, IStringMatcher? sourceMatcher, Predicate<DeadLetter>? isMatch = null)
        : Internal.EventFilterBase(messageMatcher, sourceMatcher)
    {
        protected override string FilterDescriptiveName => "DeadLetter";

        protected override bool IsMatch(LogEvent evt) =>
            evt is Warning { Message: DeadLetter letter } && (isMatch is null || isMatch(letter)) && InternalDoMatch(evt.LogSource, letter.Message);
    }
}
