namespace Akka.Actor;

/// <summary>The outcome of something, as a reply: <see cref="Success"/> or <see cref="Failure"/>.</summary>
public abstract class Status
{
    /// <summary>It worked; holds the result.</summary>
    public sealed class Success(object status) : Status
    {
        /// <summary>A success without a result.</summary>
        public static readonly Success Instance = new(null!);

        public readonly object Status = status;

        public override string ToString() => $"Success: {Status ?? "null"}";
    }

    /// <summary>It failed; an Ask that gets one as its answer throws the cause.</summary>
    public sealed class Failure : Status
    {
        public readonly Exception Cause;

        public readonly object? State;

        public Failure(Exception cause) => Cause = cause;

        public Failure(Exception cause, object? state)
        {
            Cause = cause;
            State = state;
        }

        public override string ToString() => State is null ? $"Failure: {Cause}" : $"Failure[{State}]: {Cause}";
    }
}
