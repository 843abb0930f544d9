using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>
/// Artifacts that several tasks use: one file for each address, asked for changes at each use, the least recently used thrown
/// out when there is too much. Tasks that want the same at the same time wait for one download.
/// </summary>
internal sealed class FetchCache(string folder, long most, Downloads downloads, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task> _underWay = [];
    private readonly Dictionary<string, int> _used = [];
    private bool _isSwept;

    /// <summary>Gives a file to read for as long as it takes.</summary>
    /// <param name="uri">Its address.</param>
    /// <param name="use">Reads the file; it may not change it or keep its name.</param>
    /// <param name="cancellation">Ends waiting; a download that others wait for goes on.</param>
    /// <exception cref="SandboxException">It cannot be fetched.</exception>
    public async Task Use(Uri uri, Func<string, Task> use, CancellationToken cancellation)
    {
        string file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri.OriginalString))));
        Task fresh;
        lock (_lock)
        {
            // From now on it is in use, so that it is not thrown out between its arrival and its use.
            _used[file] = _used.GetValueOrDefault(file) + 1;
            if (!_underWay.TryGetValue(file, out fresh!))
                _underWay[file] = fresh = Task.Run(() => Refresh(uri, file), CancellationToken.None);
        }
        try
        {
            await fresh.WaitAsync(cancellation);
            await use(file);
        }
        finally
        {
            lock (_lock)
            {
                if (--_used[file] == 0)
                    _used.Remove(file);
            }
            Trim();
        }
    }

    /// <summary>The file as it is at its address now. A change arrives beside it and takes its place at once.</summary>
    private async Task Refresh(Uri uri, string file)
    {
        string part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            PrivateFiles.Folder(folder);
            DropLeftovers();
            if (await downloads.Get(uri, part, Known(file), owner: null, CancellationToken.None) is { } changed)
            {
                File.Delete(file + ".json");
                File.Move(part, file, overwrite: true);
                await File.WriteAllTextAsync(file + ".json", JsonSerializer.Serialize(changed));
            }
            File.SetLastAccessTimeUtc(file, time.GetUtcNow().UtcDateTime);
        }
        finally
        {
            File.Delete(part);
            lock (_lock)
                _underWay.Remove(file);
        }
    }

    /// <summary>Parts of downloads that a process before this one did not come to end.</summary>
    private void DropLeftovers()
    {
        lock (_lock)
        {
            if (_isSwept)
                return;
            _isSwept = true;
            foreach (string part in Directory.EnumerateFiles(folder, "*.part"))
                File.Delete(part);
        }
    }

    private static Download? Known(string file)
    {
        if (!File.Exists(file) || !File.Exists(file + ".json"))
            return null;
        try
        {
            // Without a sign by which the server tells a change it is fetched anew.
            return JsonSerializer.Deserialize<Download>(File.ReadAllText(file + ".json")) is { } known && (known.Tag ?? (object?)known.Modified) is not null
                && known.Size == new FileInfo(file).Length ? known : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Trim()
    {
        lock (_lock)
        {
            if (!Directory.Exists(folder))
                return;
            FileInfo[] files = [.. new DirectoryInfo(folder).EnumerateFiles().Where(static file => file.Extension.Length == 0).OrderBy(static file => file.LastAccessTimeUtc)];
            long sum = files.Sum(static file => file.Length);
            foreach (FileInfo file in files)
            {
                if (sum <= most)
                    return;
                if (_used.ContainsKey(file.FullName))
                    continue;
                sum -= file.Length;
                file.Delete();
                File.Delete(file.FullName + ".json");
            }
        }
    }
}
