using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Containers.Files;

/// <summary>
/// Opens plain files, and nothing else, where somebody else says which: a pipe holds its reader for ever, a device has no end, and
/// some do what they are there for as soon as they are opened.
/// </summary>
internal static class PlainFile
{
    /// <summary>Opens a file to read; links are followed.</summary>
    /// <exception cref="IOException">It is no plain file, or cannot be opened; the message has no path.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        string real = SandboxPath.Real(path) ?? throw new FileNotFoundException("there is no such file");
        if (AtCalls.Stat(AtCalls.CurrentFolder, FileName.Of(real), out FileFacts facts) != 0)
            throw AtCalls.Failed("it cannot be looked at");
        Check(facts);
        // Another may be in its place by now, so it is opened without waiting and looked at again.
        SafeFileHandle file = Posix.OpenToRead(real);
        try
        {
            if (AtCalls.Stat((int)file.DangerousGetHandle(), [], out facts) != 0)
                throw AtCalls.Failed("it cannot be looked at");
            Check(facts);
            return file;
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    private static void Check(FileFacts facts)
    {
        if (!facts.IsPlainFile)
            throw new IOException($"it is {facts.Kind}, and no plain file");
    }
}
