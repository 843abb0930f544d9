namespace Akka.Configuration.Hocon;

/// <summary>How far the substitutions directly in a value are worked out.</summary>
internal enum SettlementState
{
    /// <summary>There are none, or they are replaced by what they stand for.</summary>
    Settled,

    /// <summary>They still stand there.</summary>
    Pending,

    /// <summary>They are being worked out further up the stack; meeting the value again is a reference to itself.</summary>
    Settling,
}
