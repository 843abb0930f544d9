using System.Diagnostics;
using System.Globalization;

namespace ActorScheduler.Processes;

/// <summary>
/// A process under test. It is spoken to by lines: what it writes is kept and can be waited for, what it reads are
/// commands. It can be killed, paused and resumed at any moment; disposing of it kills it.
/// </summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Task _reading;

    private NodeProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        _reading = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
    }

    /// <summary>What tests call it.</summary>
    public string Name { get; }

    /// <summary>The id of the process itself, also when it runs on a <see cref="Host"/> of its own.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended, by itself or not.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>All lines that it wrote so far, to output and error.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    /// <summary>Starts a .NET program.</summary>
    /// <param name="name">For messages of tests.</param>
    /// <param name="program">Path of its assembly.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="host">The host on which it runs; null for this one.</param>
    /// <param name="files">Most files that it may open; null for what this process may.</param>
    public static NodeProcess Start(string name, string program, IEnumerable<string> arguments, Host? host = null, int? files = null)
    {
        // exec: the process that is signalled is the program, not a shell or ip around it.
        string[] command = ["dotnet", program, .. arguments];
        if (files is { } most)
            command = ["sh", "-c", $"ulimit -n {most.ToString(CultureInfo.InvariantCulture)}; exec \"$@\"", "sh", .. command];
        var start = host is null
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("ip", ["netns", "exec", host.Namespace, .. command]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new NodeProcess(name, Process.Start(start)!);
    }

    /// <summary>Writes a command line.</summary>
    public async Task Tell(string command)
    {
        await _process.StandardInput.WriteLineAsync(command).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>The first line that fits, of those written already or to come.</summary>
    /// <exception cref="TimeoutException">None came; the message holds what the process wrote instead.</exception>
    public async Task<string> Line(Predicate<string> fits, TimeSpan limit, int from = 0)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            var found = Lines.Skip(from).FirstOrDefault(line => fits(line));
            if (found is not null) return found;
            var left = limit - Stopwatch.GetElapsedTime(startedAt);
            if (left <= TimeSpan.Zero || (HasExited && _reading.IsCompleted))
                throw new TimeoutException($"{Name} (process {Id}{(HasExited ? ", ended" : "")}) did not write the line within {limit}. It wrote:{Environment.NewLine}{string.Join(Environment.NewLine, Lines)}");
            // Several may wait, so a change is looked for again after a while as well.
            await _changed.WaitAsync(left < TimeSpan.FromMilliseconds(50) ? left : TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);
        }
    }

    /// <summary>SIGKILL: ends it at once, with nothing cleaned up.</summary>
    public void Kill() => Signal("KILL");

    /// <summary>SIGTERM: asks it to end.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>SIGSTOP: it stands still, as in a long pause of its machine.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT: it goes on.</summary>
    public void Resume() => Signal("CONT");

    /// <summary>Its exit code, once it has ended.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<int> Exit(TimeSpan limit)
    {
        using var waiting = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Name} (process {Id}) did not end within {limit}. It wrote:{Environment.NewLine}{string.Join(Environment.NewLine, Lines)}");
        }

        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        await _reading.ConfigureAwait(false);
        _process.Dispose();
        _changed.Dispose();
    }

    private void Signal(string signal)
    {
        if (_process.HasExited) return;
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task Read(StreamReader reader)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_lines) _lines.Add(line);
            if (_changed.CurrentCount == 0) _changed.Release();
        }
    }
}
