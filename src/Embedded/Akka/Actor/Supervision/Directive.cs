namespace Akka.Actor;

/// <summary>What becomes of a child that failed.</summary>
public enum Directive
{
    /// <summary>It goes on with the next message, its state kept.</summary>
    Resume = 0,

    /// <summary>A new instance takes its place.</summary>
    Restart = 1,

    /// <summary>The parent fails itself, with the same cause.</summary>
    Escalate = 2,

    /// <summary>It ends.</summary>
    Stop = 3,
}

/// <summary>Pairs exception types with directives.</summary>
public static class DirectiveExtensions
{
    public static KeyValuePair<Type, Directive> When<TException>(this Directive self)
        where TException : Exception => new(typeof(TException), self);
}
