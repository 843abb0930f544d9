using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using ActorScheduler.Containers.Files;

namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>Unpacks zips, and checks the sums, which the runtime reads and does not check.</summary>
internal static class ZipUnpacking
{
    private const int MostLink = 8192;
    private const int Type = 0xF000, Folder = 0x4000, PlainFile = 0x8000, Link = 0xA000;

    /// <summary>Unpacks all entries.</summary>
    public static void Unpack(FileStream packed, UnpackTarget target, UnpackLimits limits)
    {
        using var file = new ZipFile(packed, limits.MostDirectoryBytes);
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, ZipNames.Instance);
        IReadOnlyCollection<ZipArchiveEntry> entries = zip.Entries;
        file.DirectoryIsRead();
        foreach (ZipArchiveEntry entry in entries)
        {
            // Upper half: what a Unix says of the file, its type and permissions; nothing where no Unix made the archive.
            int mode = (int)((uint)entry.ExternalAttributes >> 16);
            // Programs of Windows have written their own separator, against the specification.
            string text = mode == 0 ? entry.FullName.Replace('\\', '/') : entry.FullName;
            byte[] name = FileName.Of(text);
            var changed = new ChangeTime(entry.LastWriteTime.ToUnixTimeSeconds());
            int? permissions = mode == 0 ? null : mode & 0xfff;
            if (entry.IsEncrypted)
                throw new SandboxException($"its entry '{FileName.Show([name])}' is encrypted");
            switch (mode & Type)
            {
                case 0 or Folder when text.EndsWith('/'):
                case Folder:
                    target.MakeFolder(name, permissions, changed);
                    break;
                case Link:
                    byte[] link = [];
                    ReadChecked(entry, name, content => link = ReadLink(content));
                    target.MakeLink(name, link, changed);
                    break;
                case 0 or PlainFile:
                    ReadChecked(entry, name, content => target.WriteFile(name, content, permissions, changed));
                    break;
                default:
                    throw new SandboxException($"its entry '{FileName.Show([name])}' is a device or pipe, which has no place in a sandbox");
            }
        }
    }

    /// <summary>More than a link can have is not read; then its sum is not either.</summary>
    private static byte[] ReadLink(Stream content)
    {
        byte[] link = new byte[MostLink];
        return link[..content.ReadAtLeast(link, link.Length, throwOnEndOfStream: false)];
    }

    private static void ReadChecked(ZipArchiveEntry entry, byte[] name, Action<Stream> read)
    {
        using Stream packed = entry.Open();
        using var content = new Summed(packed);
        read(content);
        if (content.Size != entry.Length || content.Sum != entry.Crc32)
            throw new InvalidDataException($"its entry '{FileName.Show([name])}' has another sum than was packed");
    }

    /// <summary>Sums up what is read.</summary>
    private sealed class Summed(Stream content) : ReadingStream
    {
        private readonly Crc32 _sum = new();

        public long Size { get; private set; }

        public uint Sum => _sum.GetCurrentHashAsUInt32();

        public override int Read(Span<byte> buffer)
        {
            int read = content.Read(buffer);
            _sum.Append(buffer[..read]);
            Size += read;
            return read;
        }
    }

    /// <summary>
    /// Names that do not say that they are UTF-8: most are it all the same, the others are of the first PCs (code page 437), as the
    /// specification has it.
    /// </summary>
    private sealed class ZipNames : Encoding
    {
        public static readonly ZipNames Instance = new();

        private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        private static readonly Encoding Old = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

        public override int GetByteCount(char[] chars, int index, int count) => Strict.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Strict.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => Of(bytes, index, count).GetCharCount(bytes, index, count);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            Of(bytes, byteIndex, byteCount).GetChars(bytes, byteIndex, byteCount, chars, charIndex);

        public override int GetMaxByteCount(int charCount) => Strict.GetMaxByteCount(charCount);

        public override int GetMaxCharCount(int byteCount) => Math.Max(Strict.GetMaxCharCount(byteCount), byteCount);

        private static Encoding Of(byte[] bytes, int index, int count) => System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(index, count)) ? Strict : Old;
    }
}
