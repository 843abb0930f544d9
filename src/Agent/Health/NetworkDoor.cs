using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ActorScheduler.Agent.Health;

/// <summary>
/// Makes sockets in a container's network. A socket stays in the network of the thread that made it, so a thread of its own goes in,
/// makes one, and ends. For that the agent has to be root on the engine's host.
/// </summary>
/// <param name="process">A process of the container.</param>
/// <param name="container">The container's id, which names its control groups: numbers of processes are used again.</param>
internal sealed partial class NetworkDoor(int process, string container)
{
    private const int Network = 0x40000000;

    /// <summary>The door of a container; null where there is none, and its address has to do.</summary>
    public static NetworkDoor? Of(ContainerStatus status) =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && status is { ProcessId: { } process, ContainerId.Length: > 0 } && File.Exists($"/proc/{process}/ns/net")
            ? new NetworkDoor(process, status.ContainerId)
            : null;

    /// <summary>Makes a socket for streams.</summary>
    /// <exception cref="IOException">The container is gone, or may not be entered.</exception>
    /// <exception cref="SocketException">The host has no such addresses.</exception>
    public Task<Socket> Open(AddressFamily family)
    {
        var made = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                made.SetResult(OpenHere(family));
            }
            catch (SocketException e)
            {
                // A host without IPv6 makes no such socket: as if nobody listened there.
                made.SetException(e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                made.SetException(new IOException($"the container's network cannot be entered: {e.Message}", e));
            }
        })
        { IsBackground = true, Name = "container-network" }.Start();
        return made.Task;
    }

    private Socket OpenHere(AddressFamily family)
    {
        using var network = File.OpenHandle($"/proc/{process}/ns/net");
        // Looked at when the network is held already: if it is the container's process now, the network is the container's.
        if (!File.ReadAllText($"/proc/{process}/cgroup").Contains(container, StringComparison.Ordinal))
            throw new IOException($"process {process} is not the container's any more");
        if (Enter((int)network.DangerousGetHandle(), Network) != 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        return new Socket(family, SocketType.Stream, ProtocolType.Tcp);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int Enter(int descriptor, int kind);
}
