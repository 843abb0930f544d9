namespace Akka.Util;

/// <summary>Something that is on or off, with actions that run exactly when it changes.</summary>
public class Switch
{
    private readonly Lock _lock = new();
    private volatile bool _on;

    /// <inheritdoc cref="Switch" />
    public Switch(bool startAsOn = false)
    {
        _on = startAsOn;
    }

    /// <summary>Whether it is on.</summary>
    public bool IsOn => _on;

    /// <summary>Whether it is off.</summary>
    public bool IsOff => !_on;

    /// <summary>Switches off, running <paramref name="action" /> first; false, and no action, when it is off already.</summary>
    public bool SwitchOff(Action action) => TranscendFrom(true, action);

    /// <summary>Switches on, running <paramref name="action" /> first; false, and no action, when it is on already.</summary>
    public bool SwitchOn(Action action) => TranscendFrom(false, action);

    /// <summary>Switches off; false when it is off already.</summary>
    public bool SwitchOff() => TranscendFrom(true, static () => { });

    /// <summary>Switches on; false when it is on already.</summary>
    public bool SwitchOn() => TranscendFrom(false, static () => { });

    /// <summary>Runs <paramref name="action" /> if it is on; says whether it was. Nobody waits meanwhile.</summary>
    public bool IfOn(Action action) => RunIf(_on, action);

    /// <summary>Runs <paramref name="action" /> if it is off; says whether it was. Nobody waits meanwhile.</summary>
    public bool IfOff(Action action) => RunIf(!_on, action);

    /// <summary>Runs <paramref name="action" /> if it is on; it stays on meanwhile.</summary>
    public bool WhileOn(Action action)
    {
        lock (_lock)
        {
            return RunIf(_on, action);
        }
    }

    /// <summary>Runs <paramref name="action" /> if it is off; it stays off meanwhile.</summary>
    public bool WhileOff(Action action)
    {
        lock (_lock)
        {
            return RunIf(!_on, action);
        }
    }

    /// <summary>Runs <paramref name="action" />; the switch does not change meanwhile.</summary>
    public void Locked(Action action)
    {
        lock (_lock)
        {
            action();
        }
    }

    /// <summary>
    /// Changes from <paramref name="from" /> to the other state and runs <paramref name="action" />; when that throws, the
    /// switch goes back.
    /// </summary>
    protected bool TranscendFrom(bool from, Action action)
    {
        lock (_lock)
        {
            if (_on != from)
            {
                return false;
            }

            _on = !from;
            try
            {
                action();
                return true;
            }
            catch
            {
                _on = from;
                throw;
            }
        }
    }

    private static bool RunIf(bool condition, Action action)
    {
        if (condition)
        {
            action();
        }

        return condition;
    }
}
