namespace Akka.Actor;

/// <summary>Splits a relative or absolute local path such as <c>../a/b</c> or <c>/user/a</c> into its elements.</summary>
public static class RelativeActorPath
{
    /// <summary>The elements, or null when the text is a full URI or no path at all.</summary>
    public static IEnumerable<string>? Unapply(string addr)
    {
        if (addr.Contains("://", StringComparison.Ordinal)) return null;
        return addr.Split('/');
    }
}
