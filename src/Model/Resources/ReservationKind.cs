namespace ActorScheduler.Model;

/// <summary>Where a reservation comes from; the numbers are Mesos's.</summary>
public enum ReservationKind
{
    /// <summary>From the agent's configuration; changes only with it.</summary>
    Static = 1,

    /// <summary>Made and unmade at run time by a framework or an operator.</summary>
    Dynamic = 2,
}
