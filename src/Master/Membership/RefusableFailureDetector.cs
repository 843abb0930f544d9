using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace ActorScheduler.Master.Membership;

/// <summary>
/// The accrual failure detector, which also takes a proof: who is proved dead is not available, until it is heard of again. Without that a
/// member that was downed stays until silence alone has made it unreachable, since the leader removes nobody whom it can reach.
/// </summary>
public sealed class RefusableFailureDetector : FailureDetector
{
    /// <summary>A registry gives nobody its detectors, but asks the one of an address on the thread of whoever asks for that address.</summary>
    [ThreadStatic]
    private static bool _isProved;

    private readonly PhiAccrualFailureDetector _silence;
    private volatile bool _isDead;

    /// <summary>What a cluster makes for each member that it watches.</summary>
    /// <param name="config">Section <c>akka.cluster.failure-detector</c>.</param>
    /// <param name="events">Events of the system.</param>
    public RefusableFailureDetector(Config config, EventStream events) => _silence = new PhiAccrualFailureDetector(config, events);

    /// <inheritdoc/>
    public override bool IsAvailable
    {
        get
        {
            if (_isProved)
                _isDead = true;
            return !_isDead && _silence.IsAvailable;
        }
    }

    /// <inheritdoc/>
    public override bool IsMonitoring => _silence.IsMonitoring;

    /// <inheritdoc/>
    public override void HeartBeat()
    {
        _isDead = false;
        _silence.HeartBeat();
    }

    /// <summary>Gives a member up that is proved dead; nothing if another kind of detector watches it, or none.</summary>
    internal static void GiveUp(DefaultFailureDetectorRegistry<Address> members, Address dead)
    {
        _isProved = true;
        try
        {
            members.IsAvailable(dead);
        }
        finally
        {
            _isProved = false;
        }
    }
}
