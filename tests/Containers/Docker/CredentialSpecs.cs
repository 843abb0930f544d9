using System.Text;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Containers.Docker.Access;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>As whom images are pulled, with the engine and a registry that only lets one user in.</summary>
public sealed class CredentialSpecs : RealDockerSpecs
{
    private const string Secret = "s:cr3t";

    private string ConfigFile => Path.Combine(Folder.Path, "config.json");

    protected override DockerSettings Settings => base.Settings with { ConfigFile = ConfigFile };

    [DockerFact]
    public async Task An_image_is_pulled_with_what_the_agents_file_says_of_its_registry()
    {
        await using var registry = new ClosedRegistry("ann", Secret);
        string image = $"{registry.Host}/private:1";

        Assert.StartsWith($"container.image: '{image}' does not exist, or its registry wants to know who asks", await Refused(Of(image)), StringComparison.Ordinal);
        await File.WriteAllTextAsync(ConfigFile, Auths(registry.Host, "ann", Secret));

        // It is let in; there is no such image.
        Assert.StartsWith($"container.image: the registry does not know '{image}'", await Refused(Of(image)), StringComparison.Ordinal);
        Assert.Equal(["ann"], registry.LetIn.Distinct());
    }

    [DockerFact]
    public async Task What_a_task_has_fetched_into_its_sandbox_counts_before_and_is_not_read_through_a_link_out_of_it()
    {
        await using var registry = new ClosedRegistry("ben", Secret);
        await File.WriteAllTextAsync(ConfigFile, Auths(registry.Host, "ann", "wrong"));
        ContainerOrder own = Of($"{registry.Host}/private:1");
        await File.WriteAllTextAsync(Path.Combine(own.Sandbox!, ".dockercfg"), $$"""{ "https://{{registry.Host}}/v1/": { "auth": "{{Basic("ben", Secret)}}" } }""");
        ContainerOrder linked = Of($"{registry.Host}/private:1");
        string outside = Path.Combine(Folder.Path, "outside.json");
        await File.WriteAllTextAsync(outside, Auths(registry.Host, "ben", Secret));
        Directory.CreateDirectory(Path.Combine(linked.Sandbox!, ".docker"));
        File.CreateSymbolicLink(Path.Combine(linked.Sandbox!, ".docker", "config.json"), outside);

        Assert.Contains("wants to know who asks", await Refused(linked), StringComparison.Ordinal);
        Assert.Empty(registry.LetIn);
        Assert.Contains("the registry does not know", await Refused(own), StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task A_file_that_cannot_be_read_is_named_and_what_it_says_is_not_told()
    {
        await File.WriteAllTextAsync(ConfigFile, $"{{ \"auths\": {Secret}");

        Assert.Equal($"container.image: {ConfigFile} cannot be read as credentials for registries", await Refused(Of("127.0.0.1:1/private:1")));
    }

    [Theory]
    [InlineData("busybox", "docker.io")]
    [InlineData("library/busybox:1", "docker.io")]
    [InlineData("localhost/busybox", "localhost")]
    [InlineData("host:5000/a/busybox:1", "host:5000")]
    [InlineData("registry.example/busybox@sha256:00", "registry.example")]
    public void A_registry_is_the_part_of_the_name_that_looks_like_a_host(string image, string registry) => Assert.Equal(registry, RegistryCredentials.RegistryOf(image));

    [Fact]
    public void Entries_are_hosts_or_addresses_and_say_a_user_or_a_token()
    {
        string file = $$"""
            { "auths": {
                "https://index.docker.io/v1/": { "auth": "{{Basic("hub", "p:w")}}" },
                "registry.example": { "identitytoken": "token" },
                "empty.example": {}
            }, "credsStore": "pass" }
            """;

        Assert.Equal(("hub", "p:w"), RegistryCredentials.Read(file, "docker.io") is { } hub ? (hub.Username, hub.Password) : default);
        Assert.Equal("token", RegistryCredentials.Read(file, "registry.example")!.IdentityToken);
        Assert.Null(RegistryCredentials.Read(file, "empty.example"));
        Assert.Null(RegistryCredentials.Read(file, "other.example"));
    }

    private ContainerOrder Of(string image) => Order("true", task => task with { Container = new ContainerInfo(image) });

    private static string Auths(string host, string user, string password) => $$"""{ "auths": { "{{host}}": { "auth": "{{Basic(user, password)}}" } } }""";

    private static string Basic(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
