using ActorScheduler.Containers.Files;
namespace ActorScheduler.Agent.Sandboxes;

/// <summary>A user of the host.</summary>
/// <param name="Name">The name.</param>
/// <param name="UserId">Its number.</param>
/// <param name="GroupId">Number of its first group.</param>
internal sealed record Account(string Name, uint UserId, uint GroupId)
{
    /// <summary>
    /// The user whose files a task's are to be: null when the agent may not give files away, when there is no such user here
    /// (images have their own), and when it is the agent's own.
    /// </summary>
    public static Account? ToOwn(string user) => user.Length == 0 || !Environment.IsPrivilegedProcess || !File.Exists("/etc/passwd")
        ? null
        : Find(user, File.ReadLines("/etc/passwd"));

    /// <summary>Looks a user up in lines of <c>name:password:uid:gid:...</c>.</summary>
    internal static Account? Find(string user, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] fields = line.Split(':');
            if (fields.Length >= 4 && fields[0] == user && uint.TryParse(fields[2], out uint uid) && uint.TryParse(fields[3], out uint gid))
                return uid == 0 ? null : new Account(user, uid, gid);
        }
        return null;
    }

    /// <summary>Gives a file or folder to the user, with all that is in it; links themselves and not what they lead to.</summary>
    public void Own(string path, bool deep = true)
    {
        if (deep)
            Tree.Own(path, UserId, GroupId);
        else
            Posix.ChangeOwner(path, UserId, GroupId);
    }

    /// <summary>Whether everybody may read a file: then a task's user may, on whose behalf the agent reads it.</summary>
    public static bool IsReadableForAll(string path)
    {
        if (OperatingSystem.IsWindows())
            return true;
        if ((File.GetUnixFileMode(path) & UnixFileMode.OtherRead) == 0)
            return false;
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if ((File.GetUnixFileMode(folder) & UnixFileMode.OtherExecute) == 0)
                return false;
        }
        return true;
    }
}
