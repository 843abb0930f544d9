namespace Akka.TestKit;

/// <summary>A predicate on messages of one type.</summary>
public class PredicateInfo
{
    internal PredicateInfo(Delegate predicate, Type type, Func<object, bool> fits)
    {
        PredicateT = predicate;
        Type = type;
        Fits = fits;
    }

    public Delegate PredicateT { get; }

    public Type Type { get; }

    internal Func<object, bool> Fits { get; }

    public static PredicateInfo Create<T>(Predicate<T> predicate) =>
        new(predicate, typeof(T), message => message is T typed && predicate(typed));
}
