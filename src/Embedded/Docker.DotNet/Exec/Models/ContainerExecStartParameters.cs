namespace Docker.DotNet.Models;

/// <summary>How a prepared command is started.</summary>
public class ContainerExecStartParameters
{
    public bool AttachStderr { get; set; }

    public bool AttachStdin { get; set; }

    public bool AttachStdout { get; set; }

    public IList<string> Cmd { get; set; }

    public bool Detach { get; set; }

    public string DetachKeys { get; set; }

    public IList<string> Env { get; set; }

    public bool Privileged { get; set; }

    public bool Tty { get; set; }

    public string User { get; set; }

    public string WorkingDir { get; set; }
}
