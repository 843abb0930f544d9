namespace ActorScheduler.Gateway.Access;

/// <summary>Somebody who asks.</summary>
/// <param name="Name">For the log.</param>
/// <param name="MayDecide">Whether it may do more than look.</param>
internal sealed record Caller(string Name, bool MayDecide)
{
    /// <summary>Whoever asks where nobody is told apart.</summary>
    internal static readonly Caller Anybody = new("anybody", true);
}
