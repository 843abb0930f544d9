using ActorScheduler.Agent.Engines;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Agent.Specs.Engines;

public sealed class DockerSectionSpecs
{
    [Fact]
    public void Keys_of_the_configuration_name_the_files_of_certificates()
    {
        DockerSettings settings = Read("""endpoint = "tcp://127.0.0.1:2376", tls { ca-file = "/ca.pem", cert-file = "/cert.pem", key-file = "/key.pem" }""");

        Assert.Equal(new Uri("tcp://127.0.0.1:2376"), settings.Endpoint);
        Assert.Equal(("/ca.pem", "/cert.pem", "/key.pem"), (settings.CaFile, settings.CertFile, settings.KeyFile));
    }

    private static DockerSettings Read(string keys) =>
        DockerSection.From(ConfigurationFactory.ParseString($"actorscheduler.agent.docker {{ {keys} }}").WithFallback(ProtocolConfig.Reference));
}
