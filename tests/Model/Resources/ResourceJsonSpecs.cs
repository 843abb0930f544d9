using System.Text;
using System.Text.Json;

namespace ActorScheduler.Model.Specs;

public sealed class ResourceJsonSpecs
{
    [Fact]
    public void Everything_survives_a_round_trip_after_refinement()
    {
        var ops = Reservation.Dynamic("ops", "alice", new Label("b", "2"), new Label("a"));
        var inner = Reservation.Dynamic("ops/db", null);
        var mount = new DiskSource(DiskSourceKind.Mount, "/mnt/a", "id1", "fast", "acme", new Labels(new Label("m", "n")));
        Resource shared = Resource.PersistentVolume(64, "v1", [ops], isShared: true);
        Resources all = Resources.Of(1.5, 1024, 0, 2, ValueRanges.Of(31000, 32000)).Add(Resources.From(
            Resource.Scalar("cpus", 1, ops, inner), Resource.Scalar("mem", 4, Reservation.Static("eng")), shared, shared,
            Resource.PersistentVolume(10, "v2", [ops], source: mount),
            new Resource(new ResourceKey(ResourceName.Cpus, isRevocable: true), new Amount(3000)),
            new Resource(new ResourceKey(ResourceName.Of("disks"), ValueKind.Set), new Amount(0, null, ValueSet.Of("sda", "sdb"))),
            new Resource(new ResourceKey(ResourceName.Of("bw"), providerId: "p1"), new Amount(1))));
        Resources back = ResourceJson.ReadAll(Parse(Write(all, ReservationFormat.PostRefinement))).Value;
        Assert.Equal(all, back);
        Assert.Equal(2, back[shared.Key].Number);
    }

    [Fact]
    public void The_format_before_refinement_survives_too()
    {
        Resources all = Resources.Of(cpus: 1).Add(Resources.From(
            Resource.Scalar("mem", 4, Reservation.Static("eng")), Resource.Scalar("mem", 8, Reservation.Dynamic("ops", "alice"))));
        string json = Write(all, ReservationFormat.PreRefinement);
        Assert.Equal(all, ResourceJson.ReadAll(Parse(json)).Value);
        Assert.Contains("\"role\":\"*\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("reservations", json, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_as_mesos_writes_it() => Assert.Equal(
        """[{"name":"cpus","type":"SCALAR","scalar":{"value":2.0},"allocation_info":{"role":"eng"}},"""
        + """{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":31000,"end":32000}]},"allocation_info":{"role":"eng"}}]""",
        Write(Resources.Of(cpus: 2, ports: ValueRanges.Of(31000, 32000)), ReservationFormat.PostRefinement, "eng"));

    [Theory]
    [InlineData("""{"name":"cpus","type":"SCALAR","scalar":{"value":"2.5"}}""", "cpus:2.5")]
    [InlineData("""{"name":"cpus","type":"SCALAR","scalar":{"value":1},"role":"*","disk":null,"unknown":[1]}""", "cpus:1")]
    [InlineData("""{"name":"ports","type":"RANGES","ranges":{"range":{"begin":"1","end":5}}}""", "ports:[1-5]")]
    public void Reading_is_as_tolerant_as_mesos(string json, string expected) =>
        Assert.Equal(expected, ResourceJson.ReadAll(Parse(json)).Value.ToString());

    [Theory]
    [InlineData("""[{"type":"SCALAR","scalar":{"value":1}}]""", "resources[0].name")]
    [InlineData("""[{"name":"cpus","type":"SCALAR"}]""", "resources[0].scalar.value")]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":-1}}]""", "resources[0].scalar.value")]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":"Infinity"}}]""", "resources[0].scalar.value")]
    [InlineData("""[{"name":"cpus","type":"WHAT"}]""", "resources[0].type")]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":1},"role":"/a"}]""", "resources[0].role")]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":1},"reservation":{}}]""", "resources[0].reservation")]
    [InlineData("""[{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":5,"end":1}]}}]""", "resources[0].ranges.range[0]")]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":1},"reservations":[{"type":"DYNAMIC","role":"a"},{"type":"DYNAMIC","role":"b"}]}]""", "resources[0].reservations[1].role")]
    [InlineData("""[{"name":"disk","type":"SCALAR","scalar":{"value":1},"disk":{"persistence":{"id":"a/b"}},"role":"a"}]""", "resources[0].disk.persistence.id")]
    [InlineData("""[{"name":"disk","type":"SCALAR","scalar":{"value":1},"disk":{"persistence":{"id":"v"},"volume":{"container_path":"d","mode":"RW"}}}]""", "resources[0].disk.persistence")]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":1},"shared":{}}]""", "resources[0].shared")]
    [InlineData("""5""", "resources")]
    [InlineData("""[7]""", "resources[0]")]
    public void Errors_name_the_field(string json, string field) => Assert.Equal(field, ResourceJson.ReadAll(Parse(json)).Problem!.Field);

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Write(Resources resources, ReservationFormat format, string? role = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            ResourceJson.WriteAll(writer, resources, format, role);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
