using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Begins the options of a <see cref="BackoffSupervisor" />.</summary>
public static class Backoff
{
    /// <summary>
    /// The child is started again, after a time, when it fails; when it stops by itself, the supervisor stops too. That time
    /// doubles with each restart.
    /// </summary>
    /// <param name="childProps">How to make the child.</param>
    /// <param name="childName">Its name below the supervisor.</param>
    /// <param name="minBackoff">The first time, and after which without a restart the count begins anew.</param>
    /// <param name="maxBackoff">The longest time.</param>
    /// <param name="randomFactor">The part of the time, 0 to 1, that is added at random.</param>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        OnFailure(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <inheritdoc cref="OnFailure(Props, string, TimeSpan, TimeSpan, double)" />
    /// <param name="maxNrOfRetries">After how many restarts the supervisor stops; -1 for never.</param>
    public static BackoffOptions OnFailure(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffSettings(stopsCount: false, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);

    /// <summary>
    /// The child is started again, after a time, when it has stopped, by itself or by the strategy after a failure. That time
    /// doubles with each restart.
    /// </summary>
    /// <inheritdoc cref="OnFailure(Props, string, TimeSpan, TimeSpan, double)" path="/param" />
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <inheritdoc cref="OnStop(Props, string, TimeSpan, TimeSpan, double)" />
    /// <param name="maxNrOfRetries">After how many restarts the supervisor stops; -1 for never.</param>
    public static BackoffOptions OnStop(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffSettings(stopsCount: true, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);
}
