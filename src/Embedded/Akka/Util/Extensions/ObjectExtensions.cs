namespace Akka.Util.Extensions;

/// <summary>Wraps values.</summary>
public static class ObjectExtensions
{
    /// <summary>The value as an option; null is none.</summary>
    public static Option<T> AsOption<T>(this T obj) => Option<T>.Create(obj);
}
