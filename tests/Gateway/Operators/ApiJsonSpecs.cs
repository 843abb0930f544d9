using System.Text.Json;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Gateway.Specs.Operators;

public sealed class ApiJsonSpecs
{
    [Fact]
    public void Amounts_are_decimal_numbers_and_what_is_reserved_stands_in_the_form_of_Mesos()
    {
        Resources reserved = ResourceJson.ReadAll(JsonDocument.Parse(
            """[{"name":"cpus","type":"SCALAR","scalar":{"value":2},"reservations":[{"type":"DYNAMIC","role":"eng","principal":"ops"}]}]""").RootElement).Value;
        Resources resources = Resources.Of(cpus: 0.5, mem: 128, ports: ValueRanges.Of(31000, 31009)).Add(reserved);

        string json = JsonSerializer.Serialize(resources, ApiJson.Options);

        Assert.StartsWith("""{"cpus":0.5,"mem":128,"ports":"[31000-31009]","special":[{""", json, StringComparison.Ordinal);
        Assert.Contains("\"eng\"", json, StringComparison.Ordinal);
        Assert.Equal(resources, JsonSerializer.Deserialize<Resources>(json, ApiJson.Options));
    }

    [Fact]
    public void An_agent_comes_back_as_it_was()
    {
        var agent = new AgentSummary(
            new AgentInfo(new AgentId("a1"), "host") { Attributes = AgentAttribute.ParseAll("rack:r1;level:10;ports:[1-5]").Value }, AgentState.Registered, true, false, false, Resources.Of(cpus: 1),
            Resources.Empty, Resources.Empty, 3, new Unavailability(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1.5)), null);

        string json = JsonSerializer.Serialize(agent, ApiJson.Options);

        Assert.Contains("\"state\":\"Registered\"", json, StringComparison.Ordinal);
        Assert.Contains("\"duration\":90", json, StringComparison.Ordinal);
        Assert.Contains("""{"name":"level","kind":"Scalar","value":"10"}""", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"node\"", json, StringComparison.Ordinal);
        AgentSummary back = JsonSerializer.Deserialize<AgentSummary>(json, ApiJson.Options)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, ApiJson.Options));
        Assert.Equal(agent.Unavailability, back.Unavailability);
    }

    [Fact]
    public void A_role_s_limits_are_decimal_numbers_too_and_zero_is_one()
    {
        var role = new RoleSummary("eng", 2, 0.25, Quantities.Zero, Quantities.Parse("cpus:1.5").Value, new Dictionary<string, long> { ["cpus"] = 2_500, ["mem"] = 0 }, []);

        string json = JsonSerializer.Serialize(role, ApiJson.Options);

        Assert.Contains("\"guarantees\":{\"cpus\":1.5},\"limits\":{\"cpus\":2.5,\"mem\":0}", json, StringComparison.Ordinal);
        RoleSummary back = JsonSerializer.Deserialize<RoleSummary>(json, ApiJson.Options)!;
        Assert.Equal(role.Guarantees, back.Guarantees);
        Assert.Equal(role.Limits, back.Limits);
    }

    [Fact]
    public void Labels_keep_their_order_and_keys_without_values()
    {
        var labels = new Labels(new Label("b", "1"), new Label("a", null), new Label("b", "2"));

        string json = JsonSerializer.Serialize(labels, ApiJson.Options);

        Assert.Equal("""[{"key":"b","value":"1"},{"key":"a"},{"key":"b","value":"2"}]""", json);
        Assert.Equal(labels, JsonSerializer.Deserialize<Labels>(json, ApiJson.Options));
    }
}
