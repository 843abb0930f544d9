using System.Text;

namespace ActorScheduler.Containers.Files;

/// <summary>
/// Names of files as the kernel has them: bytes, without the zero at their end and of no encoding. A text made of them and back
/// may be another name, and then the file cannot be deleted.
/// </summary>
internal static class FileName
{
    private const int MostShown = 300;

    /// <summary>The bytes of a text.</summary>
    public static byte[] Of(string name) => Encoding.UTF8.GetBytes(name);

    /// <summary>A path for people: what is not text is shown as a sign of its own, the middle of a long one left out.</summary>
    public static string Show(IEnumerable<byte[]> parts)
    {
        var text = new StringBuilder();
        foreach (byte[] part in parts)
        {
            if (text.Length > 0)
                text.Append('/');
            foreach (char sign in Encoding.UTF8.GetString(part))
                text.Append(char.IsControl(sign) ? '\uFFFD' : sign);
        }
        return text.Length <= MostShown ? text.ToString() : $"{text.ToString(0, MostShown / 2)}...{text.ToString(text.Length - (MostShown / 2), MostShown / 2)}";
    }
}
