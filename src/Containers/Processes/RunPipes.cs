using System.Globalization;
using ActorScheduler.Containers.Output;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// The agent's ends of a run's pipes. The supervisor has the same pipes, so none is lost with the agent: it finds them again by the
/// supervisor's number.
/// <code>
///                 stdout, stderr                 written by the command, read by the agent; the supervisor keeps readers' ends, so that
///   command  ------------------->  agent         without an agent it waits and is not ended, and gives up its writers' ends at the end
///   supervisor ----- over ------>                nothing is written: it is closed when the command has ended
///              &lt;---- release ----                a line, when both streams are in their files: then the supervisor ends
/// </code>
/// </summary>
/// <param name="output">Reads what the command writes.</param>
/// <param name="error">Reads its errors.</param>
/// <param name="over">Is at its end when the command has ended; -1 when that is known already.</param>
/// <param name="release">Lets the supervisor go.</param>
internal sealed class RunPipes(int output, int error, int over, int release) : IDisposable
{
    // Numbers that the supervisor has them under; those of one digit are all that every shell can name.
    private const int SupervisorRelease = 4;
    private const int SupervisorOutput = 5;
    private const int SupervisorError = 6;
    private const int SupervisorOver = 7;

    /// <summary>Without an agent the command writes so much before it waits. Who is not root has little room for all pipes together.</summary>
    private const int PipeBytes = 1 << 20;

    private bool _isDisposed;

    public int Output => output;

    public int Error => error;

    public int Over => over;

    /// <summary>Makes the pipes and starts the supervisor with them.</summary>
    /// <param name="user">Who runs the command, and may open its own streams by their paths; null for the agent's own user.</param>
    /// <param name="start">Starts it with its streams and, from descriptor 3 on, with more.</param>
    /// <exception cref="IOException">There are none to be had.</exception>
    /// <exception cref="ContainerException">It cannot be started.</exception>
    public static (int Supervisor, RunPipes Pipes) Start(HostUser? user, Func<(int Input, int Output, int Error), int[], int> start)
    {
        var open = new List<int>();
        try
        {
            int input = Held(open, Kernel.OpenNull());
            (int output, int toOutput) = Pair(open);
            (int error, int toError) = Pair(open);
            (int over, int toOver) = Pair(open);
            (int released, int release) = Pair(open);
            foreach (int stream in new[] { toOutput, toError })
            {
                if (Kernel.OwnUser == 0)
                    StreamCalls.Enlarge(stream, PipeBytes);
                if (user is not null)
                    _ = Files.AtCalls.ChangeOwner(stream, [], user.UserId, user.GroupId);
            }
            int supervisor = start((input, toOutput, toError), [released, release, output, error, toOver]);
            foreach (int kept in new[] { output, error, over, release })
                open.Remove(kept);
            return (supervisor, new RunPipes(output, error, over, release));
        }
        finally
        {
            foreach (int descriptor in open)
                Kernel.Close(descriptor);
        }
    }

    /// <summary>The pipes of a supervisor that an earlier process of the agent has started; null when it has ended meanwhile.</summary>
    public static RunPipes? Find(int supervisor)
    {
        int output = Kernel.OpenPipe(Place(SupervisorOutput), isWritten: false);
        int error = Kernel.OpenPipe(Place(SupervisorError), isWritten: false);
        int release = Kernel.OpenPipe(Place(SupervisorRelease), isWritten: true);
        // It may have given this one up: the command has ended.
        int over = Kernel.OpenPipe(Place(SupervisorOver), isWritten: false);
        var pipes = new RunPipes(output, error, over, release);
        if (output >= 0 && error >= 0 && release >= 0)
            return pipes;
        pipes.Dispose();
        return null;

        string Place(int descriptor) => string.Create(CultureInfo.InvariantCulture, $"/proc/{supervisor}/fd/{descriptor}");
    }

    /// <summary>Lets the supervisor go.</summary>
    public void Release()
    {
        try
        {
            Kernel.Write(release, "\n"u8);
        }
        catch (IOException)
        {
            // It was killed.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        foreach (int descriptor in new[] { output, error, over, release })
        {
            if (descriptor >= 0)
                Kernel.Close(descriptor);
        }
    }

    private static (int Reading, int Writing) Pair(List<int> open)
    {
        (int reading, int writing) = Kernel.Pipe();
        return (Held(open, reading), Held(open, writing));
    }

    /// <summary>Under a number that is none of those that the supervisor has its own under.</summary>
    private static int Held(List<int> open, int descriptor)
    {
        const int lowest = 10;
        int held = descriptor;
        if (descriptor < lowest)
        {
            held = StreamCalls.CopyAbove(descriptor, lowest);
            Kernel.Close(descriptor);
        }
        if (held < 0)
            throw new IOException("the agent has no room for another open file");
        open.Add(held);
        return held;
    }
}
