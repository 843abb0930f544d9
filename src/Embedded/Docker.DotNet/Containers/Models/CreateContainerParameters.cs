using System.Text.Json.Serialization;
using Docker.DotNet.Serialization;

namespace Docker.DotNet.Models;

/// <summary>What a container is to run and how: the body of a create request, its name and platform as query.</summary>
public class CreateContainerParameters
{
    public CreateContainerParameters()
    {
    }

    public CreateContainerParameters(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgsEscaped = config.ArgsEscaped;
        AttachStderr = config.AttachStderr;
        AttachStdin = config.AttachStdin;
        AttachStdout = config.AttachStdout;
        Cmd = config.Cmd;
        Domainname = config.Domainname;
        Entrypoint = config.Entrypoint;
        Env = config.Env;
        ExposedPorts = config.ExposedPorts;
        Healthcheck = config.Healthcheck;
        Hostname = config.Hostname;
        Image = config.Image;
        Labels = config.Labels;
        MacAddress = config.MacAddress;
        NetworkDisabled = config.NetworkDisabled;
        OnBuild = config.OnBuild;
        OpenStdin = config.OpenStdin;
        Shell = config.Shell;
        StdinOnce = config.StdinOnce;
        StopSignal = config.StopSignal;
        StopTimeout = config.StopTimeout;
        Tty = config.Tty;
        User = config.User;
        Volumes = config.Volumes;
        WorkingDir = config.WorkingDir;
    }

    public bool ArgsEscaped { get; set; }

    public bool AttachStderr { get; set; }

    public bool AttachStdin { get; set; }

    public bool AttachStdout { get; set; }

    public IList<string> Cmd { get; set; }

    public string Domainname { get; set; }

    public IList<string> Entrypoint { get; set; }

    public IList<string> Env { get; set; }

    public IDictionary<string, EmptyStruct> ExposedPorts { get; set; }

    public HealthConfig Healthcheck { get; set; }

    public HostConfig HostConfig { get; set; }

    public string Hostname { get; set; }

    public string Image { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    public string MacAddress { get; set; }

    /// <summary>The container's name, or null for one that the engine invents.</summary>
    [JsonIgnore]
    public string Name { get; set; }

    public bool NetworkDisabled { get; set; }

    public NetworkingConfig NetworkingConfig { get; set; }

    public IList<string> OnBuild { get; set; }

    public bool OpenStdin { get; set; }

    /// <summary>Such as linux/amd64; null for the engine's own.</summary>
    [JsonIgnore]
    public string Platform { get; set; }

    public IList<string> Shell { get; set; }

    public bool StdinOnce { get; set; }

    public string StopSignal { get; set; }

    /// <summary>How long a stop waits before it kills; sent as whole seconds.</summary>
    [JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? StopTimeout { get; set; }

    public bool Tty { get; set; }

    public string User { get; set; }

    public IDictionary<string, EmptyStruct> Volumes { get; set; }

    public string WorkingDir { get; set; }
}
