#nullable enable
using System.Text.Json;
using System.Text.Json.Serialization;
using Docker.DotNet.Models;

namespace Docker.DotNet.Serialization;

/// <summary>The names that the engine gives restart policies. One that is not known here reads as undefined.</summary>
internal sealed class RestartPolicyKindConverter : JsonConverter<RestartPolicyKind>
{
    public override bool HandleNull => true;

    public override RestartPolicyKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "no" => RestartPolicyKind.No,
            "always" => RestartPolicyKind.Always,
            "on-failure" => RestartPolicyKind.OnFailure,
            "unless-stopped" => RestartPolicyKind.UnlessStopped,
            _ => RestartPolicyKind.Undefined,
        };

    public override void Write(Utf8JsonWriter writer, RestartPolicyKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value switch
        {
            RestartPolicyKind.No => "no",
            RestartPolicyKind.Always => "always",
            RestartPolicyKind.OnFailure => "on-failure",
            RestartPolicyKind.UnlessStopped => "unless-stopped",
            _ => "",
        });
}
