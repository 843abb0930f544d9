using System.Diagnostics;

namespace ActorScheduler.Processes;

/// <summary>Processes that do nothing but spin, until it is disposed of.</summary>
public sealed class ProcessorLoad : IDisposable
{
    private readonly List<Process> _spinning = [];

    private ProcessorLoad()
    {
    }

    /// <summary>Starts so many for each processor.</summary>
    public static ProcessorLoad PerProcessor(int processes)
    {
        var load = new ProcessorLoad();
        for (var i = 0; i < processes * Environment.ProcessorCount; i++) load._spinning.Add(Process.Start("sh", ["-c", "while :; do :; done"]));
        return load;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _spinning)
        {
            process.Kill();
            process.Dispose();
        }
    }
}
