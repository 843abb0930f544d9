namespace Docker.DotNet.Models;

/// <summary>A mount asked for: bind, volume, tmpfs or named pipe.</summary>
public class Mount
{
    public BindOptions BindOptions { get; set; }

    public string Consistency { get; set; }

    public bool ReadOnly { get; set; }

    public string Source { get; set; }

    public string Target { get; set; }

    public TmpfsOptions TmpfsOptions { get; set; }

    public string Type { get; set; }

    public VolumeOptions VolumeOptions { get; set; }
}
