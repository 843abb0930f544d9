using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit
{
    /// <summary>Picks log events.</summary>
    public interface IEventFilter
    {
        bool Apply(LogEvent logEvent);
    }
}

namespace Akka.TestKit.Internal
{
    /// <summary>Called for each event that a filter picked.</summary>
    public delegate void EventMatched(EventFilterBase eventFilter, LogEvent logEvent);

    /// <summary>Base of filters: by message and by source.</summary>
    public abstract class EventFilterBase : IEventFilter
    {
        private readonly IStringMatcher _source;
        private readonly IStringMatcher _message;

        protected EventFilterBase(IStringMatcher? messageMatcher, IStringMatcher? sourceMatcher)
        {
            _message = messageMatcher ?? MatchesAll.Instance;
            _source = sourceMatcher ?? MatchesAll.Instance;
        }

        public event EventMatched? EventMatched;

        protected abstract string FilterDescriptiveName { get; }

        public bool Apply(LogEvent logEvent)
        {
            if (!IsMatch(logEvent)) return false;
            OnEventMatched(logEvent);
            return true;
        }

        protected abstract bool IsMatch(LogEvent evt);

        protected virtual void OnEventMatched(LogEvent logEvent) => EventMatched?.Invoke(this, logEvent);

        /// <summary>Whether source and message are those that are waited for.</summary>
        protected bool InternalDoMatch(string? src, object? msg) => _source.IsMatch(src) && _message.IsMatch(msg?.ToString() ?? "null");

        public override string ToString()
        {
            var message = _message is MatchesAll ? "" : $" when Message {_message}";
            var source = _source is MatchesAll ? "" : $"{(message.Length > 0 ? " and" : " when")} Source {_source}";
            return FilterDescriptiveName + message + source;
        }
    }
}
