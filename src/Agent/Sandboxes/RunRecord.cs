using System.Text.Json;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>Whose a run was: kept beside its sandbox for as long as that is there.</summary>
/// <param name="RunId">Which run.</param>
/// <param name="FrameworkId">Whose.</param>
/// <param name="TaskId">Of which task.</param>
/// <param name="StartedAt">When its sandbox was made.</param>
internal sealed record RunRecord(string RunId, string FrameworkId, string TaskId, DateTimeOffset StartedAt)
{
    /// <summary>Whether it is a run of a task.</summary>
    public bool IsOf(FrameworkId framework, TaskId task) => FrameworkId == framework.Value && TaskId == task.Value;

    /// <summary>Writes it. Half of one belongs to nobody, and is written again with the sandbox.</summary>
    public void Save(SandboxFolders folders)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(this);
        try
        {
            File.WriteAllBytes(folders.RunFile(RunId), text);
        }
        catch (DirectoryNotFoundException)
        {
            PrivateFiles.Folder(folders.Runs);
            File.WriteAllBytes(folders.RunFile(RunId), text);
        }
    }

    /// <summary>All that are there; what cannot be read belongs to nobody and is left out.</summary>
    public static IReadOnlyList<RunRecord> Load(SandboxFolders folders)
    {
        var records = new List<RunRecord>();
        if (!Directory.Exists(folders.Runs))
            return records;
        foreach (string file in Directory.EnumerateFiles(folders.Runs, "*.json"))
        {
            try
            {
                if (JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(file)) is { RunId: not null } record && SandboxFolders.IsRunId(record.RunId))
                    records.Add(record);
            }
            catch (Exception e) when (e is JsonException or IOException)
            {
                // A sandbox without a record is still collected.
            }
        }
        return records;
    }
}
