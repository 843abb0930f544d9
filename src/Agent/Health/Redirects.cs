namespace ActorScheduler.Agent.Health;

/// <summary>Which redirects of a task an HTTP check follows. Pure.</summary>
internal static class Redirects
{
    /// <summary>Most requests of one look beyond the first: a service that redirects in a circle answers, and is asked no further.</summary>
    public const int Most = 5;

    /// <summary>
    /// Where a check goes on; null when it ends here. Only the host that was asked is asked again: other names and addresses are not
    /// the task, may not be known where the agent is, and say nothing about its health.
    /// </summary>
    /// <param name="asked">The address that was asked.</param>
    /// <param name="status">What it answered.</param>
    /// <param name="location">Where it sends its clients, or null.</param>
    public static Uri? Next(Uri asked, int status, Uri? location) =>
        status is 301 or 302 or 303 or 307 or 308 && location is not null && Uri.TryCreate(asked, location, out Uri? target)
        && (target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps)
        && string.Equals(target.Host, asked.Host, StringComparison.OrdinalIgnoreCase) && target.Port > 0
            ? target
            : null;
}
