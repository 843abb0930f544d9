using System.Threading.Channels;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote.Associations;

/// <summary>
/// What this node knows of one other: which incarnation lives there, which ones are quarantined, and what waits to be
/// sent. One task sends it, over a connection that it opens when there is something to send and opens again when it
/// breaks.
/// </summary>
/// <remarks>
/// States of the connection: idle, connecting, connected; after a failed attempt gated, when messages are dropped to the
/// dead letters until the gate opens. System messages are kept through all of them, until they are acknowledged or the
/// incarnation they were for is gone.
/// </remarks>
internal sealed class Association
{
    /// <summary>Messages that may wait for one node; more are dropped, as memory has to end somewhere.</summary>
    private const int MostWaiting = 200_000;

    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(1);

    private readonly Remoting _remoting;
    private readonly Channel<Outgoing> _queue = Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SystemMessageBuffer _systemMessages;
    private readonly HashSet<int> _quarantined = [];
    private readonly Dictionary<int, long> _delivered = [];
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private CancellationTokenSource? _connection;
    private Task? _sending;
    private int? _uid;
    private int _waiting;
    private long _lastContact = TimeProvider.System.GetTimestamp();
    private bool _warned;
    private volatile bool _isGated;

    internal Association(Remoting remoting, Address remote)
    {
        _remoting = remoting;
        Remote = remote;
        _systemMessages = new SystemMessageBuffer(remoting.Settings.SysMsgBufferSize);
    }

    internal Address Remote { get; }

    /// <summary>The incarnation that was met last.</summary>
    internal int? Uid
    {
        get
        {
            lock (_lock) return _uid;
        }
    }

    internal bool IsQuarantined(int uid)
    {
        lock (_lock) return _quarantined.Contains(uid);
    }

    /// <summary>Queues a message; returns at once.</summary>
    internal void Send(in Outgoing message)
    {
        if (message.Message is SystemMessage) SendSystemMessage(message);
        else if (_isGated || Volatile.Read(ref _waiting) >= MostWaiting) Drop(message);
        else Enqueue(message);
    }

    /// <summary>Meets an incarnation; false when it is quarantined. Another one than before ends what was owed to that.</summary>
    internal bool Meet(int uid)
    {
        Outgoing[] owed = [];
        lock (_lock)
        {
            if (_quarantined.Contains(uid)) return false;
            if (_uid is { } before && before != uid)
            {
                _quarantined.Add(before);
                _delivered.Remove(before);
                owed = _systemMessages.Reset();
            }

            _uid = uid;
            _lastContact = TimeProvider.System.GetTimestamp();
            _isGated = false;
        }

        foreach (var message in owed) AnswerForTheDead(message);
        return true;
    }

    /// <summary>Exchanges nothing any more with an incarnation.</summary>
    internal void Quarantine(int? uid, string reason)
    {
        Outgoing[] owed;
        int quarantined;
        lock (_lock)
        {
            if ((uid ?? _uid) is not { } known || !_quarantined.Add(known)) return;
            quarantined = known;
            if (known != _uid) return;
            owed = _systemMessages.Reset();
            _connection?.Cancel();
        }

        _remoting.Publish(new QuarantinedEvent(Remote, quarantined));
        _remoting.Log.Warning("Association with {0} (uid {1}) is quarantined: {2}", Remote, quarantined, reason);
        foreach (var message in owed) _remoting.DeadLetter(message);
    }

    /// <summary>Whether a system message of an incarnation is the next in order; each is taken once.</summary>
    internal bool TakeSystemMessage(int uid, long sequence)
    {
        lock (_lock)
        {
            var last = _delivered.GetValueOrDefault(uid);
            if (sequence != last + 1) return false;
            _delivered[uid] = sequence;
            return true;
        }
    }

    internal long DeliveredSystemMessages(int uid)
    {
        lock (_lock) return _delivered.GetValueOrDefault(uid);
    }

    internal void Acknowledged(long sequence) => _systemMessages.Acknowledge(sequence);

    /// <summary>Sends what waits, as far as the time allows, and ends.</summary>
    internal async Task End(TimeSpan flush)
    {
        _queue.Writer.TryComplete();
        _ending.CancelAfter(flush);
        var sending = Volatile.Read(ref _sending);
        if (sending is not null) await sending.ConfigureAwait(false);
        await _ending.CancelAsync().ConfigureAwait(false);
    }

    private void SendSystemMessage(in Outgoing message)
    {
        lock (_lock)
        {
            if (_uid is { } uid && _quarantined.Contains(uid))
            {
                AnswerForTheDead(message);
                return;
            }
        }

        if (_systemMessages.TryAdd(message, out var numbered)) Enqueue(numbered);
        else Quarantine(null, $"{_remoting.Settings.SysMsgBufferSize} system messages are unacknowledged (akka.remote.system-message-buffer-size)");
    }

    private void Enqueue(in Outgoing message)
    {
        var waiting = Interlocked.Increment(ref _waiting);
        if (!_queue.Writer.TryWrite(message))
        {
            Interlocked.Decrement(ref _waiting);
            Drop(message);
            return;
        }

        if (!_warned && _remoting.Settings.LogBufferSizeExceeding is var most and > 0 && waiting > most)
        {
            _warned = true;
            _remoting.Log.Warning("{0} messages wait for {1} (akka.remote.log-buffer-size-exceeding)", waiting, Remote);
        }

        if (Volatile.Read(ref _sending) is null) StartSending();
    }

    private void StartSending()
    {
        lock (_lock) _sending ??= Task.Run(Run);
    }

    /// <summary>Connects whenever there is something to send, until the end.</summary>
    private async Task Run()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_ending.Token).ConfigureAwait(false))
            {
                do
                {
                    if (!await RunConnection().ConfigureAwait(false)) await Gate().ConfigureAwait(false);
                }
                while (!_systemMessages.IsEmpty && !_ending.IsCancellationRequested && !_queue.Reader.Completion.IsCompleted);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        while (_queue.Reader.TryRead(out var left)) Drop(left);
    }

    /// <summary>One connection, from its greeting to its end; false when there was none to be had.</summary>
    private async Task<bool> RunConnection()
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        lock (_lock) _connection = life;
        var (connected, startedAt) = (false, TimeProvider.System.GetTimestamp());
        try
        {
            await using var connection = await OutboundConnection.Open(_remoting, this, life.Token).ConfigureAwait(false);
            if (!Meet(connection.Uid)) throw new RemoteTransportException($"The incarnation {connection.Uid} of {Remote} is quarantined");
            connected = true;
            _remoting.Publish(new AssociatedEvent(_remoting.DefaultAddress, Remote, inbound: false));
            await connection.Run(_queue.Reader, _systemMessages.Unacknowledged(), () => Interlocked.Decrement(ref _waiting), life).ConfigureAwait(false);
        }
        catch (Exception failure) when (!_ending.IsCancellationRequested)
        {
            if (!connected) _remoting.Publish(new AssociationErrorEvent(failure, _remoting.DefaultAddress, Remote, inbound: false, LogLevel.WarningLevel));
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        finally
        {
            lock (_lock)
            {
                _connection = null;
                if (connected) _lastContact = TimeProvider.System.GetTimestamp();
            }
        }

        if (connected) _remoting.Publish(new DisassociatedEvent(_remoting.DefaultAddress, Remote, inbound: false));
        // A node that closes at once, again and again, is not one to call without a pause.
        return connected && TimeProvider.System.GetElapsedTime(startedAt) > ShortLife;
    }

    /// <summary>After an attempt that failed, messages are dropped for a while rather than piled up.</summary>
    private async Task Gate()
    {
        _isGated = true;
        var until = _remoting.Settings.RetryGateClosedFor;
        _remoting.Log.Warning("Association with remote system {0} has failed; address is now gated for {1} ms.", Remote, until.TotalMilliseconds);
        while (_queue.Reader.TryRead(out var message))
        {
            Interlocked.Decrement(ref _waiting);
            // System messages stay in their own buffer.
            if (message.Sequence == 0) Drop(message);
        }

        var startedAt = TimeProvider.System.GetTimestamp();
        while (_isGated && TimeProvider.System.GetElapsedTime(startedAt) < until)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(50, until.TotalMilliseconds)), _ending.Token).ConfigureAwait(false);
        _isGated = false;
        GiveUpOnTheSilent();
    }

    /// <summary>Watches of a node that is silent for very long are given up, so that they do not wait for ever.</summary>
    private void GiveUpOnTheSilent()
    {
        if (_systemMessages.IsEmpty) return;
        var settings = _remoting.Settings;
        TimeSpan silent;
        bool met;
        lock (_lock) (silent, met) = (TimeProvider.System.GetElapsedTime(_lastContact), _uid is not null);
        if (silent < (met ? settings.QuarantineSilentSystemTimeout : settings.InitialSysMsgDeliveryTimeout)) return;
        if (met) Quarantine(null, $"it was silent for {silent} with system messages waiting");
        else
            foreach (var message in _systemMessages.Reset())
                AnswerForTheDead(message);
    }

    private void Drop(in Outgoing message) => _remoting.DeadLetter(message);

    /// <summary>Who watched an incarnation that is gone is told that its actor is.</summary>
    private void AnswerForTheDead(in Outgoing message)
    {
        if (message.Message is Watch watch)
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
        else _remoting.DeadLetter(message);
    }
}
