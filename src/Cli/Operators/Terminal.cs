using System.Runtime.InteropServices;

namespace ActorScheduler.Cli.Operators;

/// <summary>
/// Our terminal handed to a program elsewhere: keys go there as they are typed, nothing is echoed here, and no key is a signal.
/// Disposing of it puts everything back; so does the end of the process.
/// </summary>
internal sealed partial class Terminal : IDisposable
{
    // Larger than any system's struct termios: what is in it is the C library's own business.
    private const int SettingsBytes = 256;
    private const int Now = 0;
    private const ulong GetWindowSize = 0x5413;

    private readonly byte[] _before;

    private Terminal(byte[] before)
    {
        _before = before;
        AppDomain.CurrentDomain.ProcessExit += Restore;
    }

    /// <summary>Whether our input is a terminal.</summary>
    internal static bool IsInput => IsTerminal(0) == 1;

    /// <summary>Whether our output is a terminal, and may be painted on.</summary>
    internal static bool IsOutput => IsTerminal(1) == 1;

    /// <summary>Its size, or null when there is none.</summary>
    internal static (int Columns, int Rows)? Size
    {
        get
        {
            // Any of our streams may be the terminal: input comes from elsewhere in a pipe.
            for (int descriptor = 0; descriptor < 3; descriptor++)
            {
                ushort[] size = new ushort[4];
                if (Control(descriptor, GetWindowSize, size) == 0 && size[0] > 0 && size[1] > 0)
                    return (size[1], size[0]);
            }
            return null;
        }
    }

    /// <summary>Hands it over.</summary>
    /// <exception cref="IOException">Our input is no terminal.</exception>
    internal static Terminal MakeRaw()
    {
        byte[] before = new byte[SettingsBytes];
        if (GetSettings(0, before) != 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        byte[] raw = [.. before];
        MakeRaw(raw);
        SetSettings(0, Now, raw);
        return new Terminal(before);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Restore;
        SetSettings(0, Now, _before);
    }

    private void Restore(object? sender, EventArgs e) => SetSettings(0, Now, _before);

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetSettings(int descriptor, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetSettings(int descriptor, int when, [In] byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, ulong request, [Out] ushort[] size);
}
