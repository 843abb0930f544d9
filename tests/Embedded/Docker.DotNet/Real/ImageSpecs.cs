using System.Formats.Tar;
using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs.Real;

public sealed class ImageSpecs : RealEngineSpecs
{
    [DockerFact]
    public async Task An_image_is_inspected_listed_and_has_a_history()
    {
        var image = await Client.Images.InspectImageAsync(LocalEngine.Image);
        var filters = new Dictionary<string, IDictionary<string,
            bool>> { ["reference"] = new Dictionary<string, bool> { [LocalEngine.Image] = true } };
        var listed = Assert.Single(await Client.Images.ListImagesAsync(new ImagesListParameters { Filters = filters }));
        var history = await Client.Images.GetImageHistoryAsync(LocalEngine.Image);

        Assert.Equal(image.ID, listed.ID);
        Assert.Contains(LocalEngine.Image, listed.RepoTags);
        Assert.Equal("linux", image.Os);
        Assert.True(image.Size > 100_000);
        Assert.Single(image.RootFS.Layers);
        Assert.NotEmpty(history);
        Assert.Equal(listed.Created, image.Created, TimeSpan.FromSeconds(1));
    }

    [DockerFact]
    public async Task A_tag_is_put_on_and_taken_off()
    {
        var name = Unique("tag");
        await Client.Images.TagImageAsync(LocalEngine.Image, new ImageTagParameters { RepositoryName = name, Tag = "two" });
        var tagged = await Client.Images.InspectImageAsync(name + ":two");
        var gone = await Client.Images.DeleteImageAsync(name + ":two", new ImageDeleteParameters());

        Assert.Equal((await Client.Images.InspectImageAsync(LocalEngine.Image)).ID, tagged.ID);
        Assert.Contains(gone, map => map.TryGetValue("Untagged", out var tag) && tag == name + ":two");
        await Assert.ThrowsAsync<DockerImageNotFoundException>(() => Client.Images.InspectImageAsync(name + ":two"));
    }

    [DockerFact]
    public async Task Import_commit_save_and_load_carry_an_image_around()
    {
        var (imported, committed, heard) = (Unique("import"), Unique("commit"), new Heard<JSONMessage>());
        await using (var files = await Client.Containers.ExportContainerAsync(await CreateAsync(["true"])))
            await Client.Images.CreateImageAsync(new ImagesCreateParameters { FromSrc = "-", Repo = imported, Tag = "1",
                Changes = ["ENV MADE=here"] }, files, null, heard);
        Assert.DoesNotContain(heard.All, message => message.ErrorMessage is not null);
        Assert.Contains("MADE=here", (await Client.Images.InspectImageAsync(imported + ":1")).Config.Env);

        var id = await CreateAsync(["true"], p => p.Image = imported + ":1");
        await Client.Images.CommitContainerChangesAsync(new CommitContainerChangesParameters { ContainerID = id,
            RepositoryName = committed, Tag = "1", Config = new Config { User = "root" } });
        await Client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters());

        var saved = new MemoryStream();
        await using (var stream = await Client.Images.SaveImagesAsync([committed + ":1"])) await stream.CopyToAsync(saved);
        await Client.Images.DeleteImageAsync(committed + ":1", new ImageDeleteParameters { Force = true });
        await Client.Images.DeleteImageAsync(imported + ":1", new ImageDeleteParameters { Force = true });
        saved.Position = 0;
        await Client.Images.LoadImageAsync(new ImageLoadParameters(), saved, heard);

        Assert.Equal("root", (await Client.Images.InspectImageAsync(committed + ":1")).Config.User);
        await Client.Images.DeleteImageAsync(committed + ":1", new ImageDeleteParameters { Force = true });
    }

    [DockerFact]
    public async Task A_build_reports_what_it_does()
    {
        var context = new MemoryStream();
        await using (var writer = new TarWriter(context, leaveOpen: true))
        {
            var text = $"FROM {LocalEngine.Image}\nLABEL made=here\n";
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile,
                "Dockerfile") { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) });
        }

        context.Position = 0;
        var heard = new Heard<JSONMessage>();
        await Client.Images.BuildImageFromDockerfileAsync(
            new ImageBuildParameters { Tags = [Unique("build")], Remove = true }, context, null, null, heard);

        Assert.Contains(heard.All, message => message.Stream?.Contains("Step 2/2", StringComparison.Ordinal) == true);
        Assert.Contains(heard.All, message => message.Aux?.ExtensionData.ContainsKey("ID") == true);
        Assert.Equal("here", (await Client.Images.InspectImageAsync(Unique("build"))).Config.Labels["made"]);
        await Client.Images.DeleteImageAsync(Unique("build"), new ImageDeleteParameters { Force = true });
    }

    [DockerFact]
    public async Task A_pull_from_where_no_registry_is_fails_with_the_engines_reason()
    {
        var failure = await Assert.ThrowsAnyAsync<DockerApiException>(
            () => Client.Images.CreateImageAsync(
                new ImagesCreateParameters { FromImage = "127.0.0.1:1/none", Tag = "1" }, null, new Heard<JSONMessage>()));

        Assert.Contains("127.0.0.1:1", failure.ResponseBody, StringComparison.Ordinal);
    }
}
