namespace Docker.DotNet.Models;

/// <summary>A command to run in a running container.</summary>
public class ContainerExecCreateParameters
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
