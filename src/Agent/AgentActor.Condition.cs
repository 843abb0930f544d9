using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <content>
/// What masters know of how the agent is. Whatever has changed it, what was last said is compared with what is after every message,
/// and the difference is told at once; each heartbeat says it again, so that no lost message leaves masters with an old picture.
/// </content>
internal sealed partial class AgentActor
{
    /// <summary>What was last said; null before the first registration.</summary>
    private AgentCondition? _told;

    /// <summary>Why nothing can be promised: the checkpoint cannot be written, or does not answer; null when it can.</summary>
    private string? _saveTrouble;

    /// <summary>Why the disk has no room for more tasks; null while it has.</summary>
    private string? _roomTrouble;

    private string? Trouble => _saveTrouble ?? _roomTrouble;

    private AgentCondition Condition => new(
        [.. _options.Containerizers.Select(containers => new ContainerizerCondition(containers.Name, containers.Kinds, TroubleOf(containers))), .. _stranded], Trouble);

    /// <summary>The present condition, which is told with what it is put into.</summary>
    private AgentCondition SayCondition() => _told = IsToldStill() ? _told! : Condition;

    private void TellWhatChanged()
    {
        // While it registers nothing is told: what changes meanwhile is seen when the answer is here.
        if (_told is null || !IsRegistered || _isLeaving || IsToldStill())
            return;
        AgentCondition now = SayCondition();
        _masters.Send(new ReportDegraded(Id, _epoch, now.IsDegraded, now.Why ?? "all that runs containers works", now), Self);
    }

    /// <summary>Runs after every message, so it makes nothing new.</summary>
    private bool IsToldStill()
    {
        int own = _options.Containerizers.Count;
        if (_told is null || _told.Trouble != Trouble || _told.Containerizers.Count != own + _stranded.Count)
            return false;
        for (int i = 0; i < _stranded.Count; i++)
        {
            if (_told.Containerizers[own + i] != _stranded[i])
                return false;
        }
        for (int i = 0; i < _options.Containerizers.Count; i++)
        {
            if (_told.Containerizers[i].Trouble != TroubleOf(_options.Containerizers[i]))
                return false;
        }
        return true;
    }
}
