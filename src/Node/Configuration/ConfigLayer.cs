using System.Text.Encodings.Web;
using System.Text.Json;
using Akka.Configuration;

namespace ActorScheduler.Node.Configuration;

/// <summary>Values from one place.</summary>
/// <param name="Origin">What people call the place: a flag, a variable, a file.</param>
/// <param name="Values">The values.</param>
internal sealed record ConfigLayer(string Origin, Config Values)
{
    /// <summary>A layer of one key.</summary>
    /// <param name="origin">Where the text comes from.</param>
    /// <param name="key">The whole key.</param>
    /// <param name="text">The value; where a list is wanted, its parts between commas.</param>
    /// <param name="isList">Whether a list is wanted.</param>
    internal static ConfigLayer Of(string origin, string key, string text, bool isList) =>
        new(origin, ConfigurationFactory.ParseString($"{key} = {(isList
            ? $"[{string.Join(",", text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Quoted))}]"
            : Quoted(text))}"));

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
