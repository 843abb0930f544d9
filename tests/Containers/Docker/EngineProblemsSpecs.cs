using System.Net;
using System.Text.Json;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Model;
using Docker.DotNet;

namespace ActorScheduler.Containers.Specs.Docker;

public sealed class EngineProblemsSpecs
{
    private static readonly TaskInfo Task = Given.Task("t") with { Container = new ContainerInfo("image:1") };

    [Theory]
    [InlineData("driver failed programming external connectivity on endpoint x (3f): Bind for 0.0.0.0:8080 failed: port is already allocated", "container.port_mappings: port 8080 of the host is taken by somebody else")]
    [InlineData("driver failed programming external connectivity on endpoint x: Error starting userland proxy: listen tcp4 0.0.0.0:31000: bind: address already in use", "container.port_mappings: port 31000 of the host is taken by somebody else")]
    [InlineData("invalid mount config for type \"bind\": bind source path does not exist: /no/such", "container.volumes: there is no '/no/such' on the host")]
    [InlineData("OCI runtime create failed: runc create failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown", "command: there is no 'nosuch' in the image 'image:1'")]
    [InlineData("OCI runtime create failed: container_linux.go:380: starting container process caused: exec: \"/x\": stat /x: no such file or directory: unknown", "command: there is no '/x' in the image 'image:1'")]
    [InlineData("OCI runtime create failed: exec: \"/tmp\": permission denied: unknown", "command: '/tmp' in the image 'image:1' is not a program that may be run")]
    [InlineData("unable to find user bob: no matching entries in passwd file", "command.user: the image 'image:1' knows no 'bob'")]
    [InlineData("network nonet not found", "container.network_name: the engine has no network 'nonet'")]
    [InlineData("mkdir /var/lib/docker/overlay2/1: no space left on device", "no space is left on the engine's disk")]
    [InlineData("No command specified", "command: neither the task nor the image 'image:1' says what to run")]
    [InlineData("something\nnew: unknown", "the engine refuses the container: something new")]
    public void What_the_engine_says_becomes_a_sentence_for_people(string words, string sentence) => Assert.Equal(
        sentence, EngineProblems.Of(new DockerApiException(HttpStatusCode.InternalServerError, JsonSerializer.Serialize(new { message = words })), Task).Message);

    [Theory]
    [InlineData("pull access denied for nosuch, repository does not exist or may require 'docker login'", "container.image: 'i' does not exist, or its registry wants to know who asks: ")]
    [InlineData("manifest for i:9 not found: manifest unknown: manifest unknown", "container.image: the registry does not know 'i': ")]
    [InlineData("Get \"https://r/v2/\": dial tcp: lookup r on 10.0.0.1:53: no such host", "container.image: the registry of 'i' cannot be reached: ")]
    [InlineData("Get \"https://r/v2/\": net/http: request canceled while waiting for connection (Client.Timeout exceeded)", "container.image: the registry of 'i' cannot be reached: ")]
    [InlineData("invalid reference format: repository name must be lowercase", "container.image: 'i' is not the name of an image: ")]
    [InlineData("write /var/lib/docker/tmp/x: no space left on device", "container.image: no space is left on the engine's disk for 'i'")]
    [InlineData("toomanyrequests: You have reached your pull rate limit", "container.image: the registry of 'i' gives no more images for now: ")]
    public void So_does_what_it_says_of_a_pull(string words, string sentence) => Assert.StartsWith(sentence, EngineProblems.OfPull("i", words).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("exec: \"nosuch\": executable file not found in $PATH: unknown", 127)]
    [InlineData("exec: \"/x\": stat /x: no such file or directory: unknown", 127)]
    [InlineData("exec: \"/tmp\": permission denied: unknown", 126)]
    [InlineData("exec /x: exec format error", 126)]
    [InlineData("unable to find user bob: no matching entries in passwd file", null)]
    [InlineData("No such image: x", null)]
    public void A_program_that_cannot_be_started_has_the_exit_code_that_a_shell_would_give(string words, int? code) => Assert.Equal(
        code, EngineProblems.Of(new DockerApiException(HttpStatusCode.BadRequest, JsonSerializer.Serialize(new { message = words })), Task).ExitCode);

    [Fact]
    public void Answers_that_are_not_JSON_are_shown_as_they_are() =>
        Assert.Equal("the engine refuses the container: bad gateway", EngineProblems.Of(new DockerApiException(HttpStatusCode.BadGateway, "bad gateway\n"), Task).Message);
}
