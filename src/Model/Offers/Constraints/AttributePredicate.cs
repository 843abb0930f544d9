namespace ActorScheduler.Model;

/// <summary>The tests that a framework can ask for; named as in Mesos.</summary>
public enum AttributePredicate
{
    /// <summary>The agent has the attribute.</summary>
    Exists = 0,

    /// <summary>The agent does not have it.</summary>
    NotExists = 1,

    /// <summary>It has it with this text.</summary>
    TextEquals = 2,

    /// <summary>It does not have it with this text.</summary>
    TextNotEquals = 3,

    /// <summary>It has it and the whole text matches the regular expression.</summary>
    TextMatches = 4,

    /// <summary>It does not have it, or the text does not match.</summary>
    TextNotMatches = 5,
}
