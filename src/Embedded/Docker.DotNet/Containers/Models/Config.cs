using System.Text.Json.Serialization;
using Docker.DotNet.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The portable part of a container's configuration: command, environment, labels, health check.</summary>
public class Config
{
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

    public string Hostname { get; set; }

    public string Image { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    public string MacAddress { get; set; }

    public bool NetworkDisabled { get; set; }

    public IList<string> OnBuild { get; set; }

    public bool OpenStdin { get; set; }

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
