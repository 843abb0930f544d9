using System.Text.Json;
using System.Text.Json.Serialization;
using ActorScheduler.Gateway.Operators.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ActorScheduler.Gateway.Operators;

/// <summary>Reads bodies of requests: whatever stands in one, the end is a value or a <see cref="JsonException"/> that says what is wrong.</summary>
internal static class Bodies
{
    /// <summary>As <see cref="ApiJson"/>, but what is not known is refused: it was meant to do something.</summary>
    private static readonly JsonSerializerOptions Strict = new(ApiJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="JsonException">It is not what it should be.</exception>
    internal static async Task<T> Read<T>(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            throw new JsonException("Content-Type must be application/json");
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.Charset.HasValue
            && !type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new JsonException($"Content-Type: charset must be utf-8, is {type.Charset}");
        using var whole = new MemoryStream();
        await request.Body.CopyToAsync(whole, cancellation);
        ReadOnlyMemory<byte> text = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        return Parse<T>(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text);
    }

    private static T Parse<T>(ReadOnlyMemory<byte> text)
    {
        try
        {
            // Converters read objects by themselves, and the options count for the others only: this looks at all of it.
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Deserialize<T>(Strict) ?? throw new JsonException("body: must be an object")
                : throw new JsonException("body: must be an object");
        }
        // Converters and values check themselves, each with exceptions of its own; what is sent must never be a failure of ours.
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException or FormatException or OverflowException
            or KeyNotFoundException or NullReferenceException)
        {
            throw new JsonException(e is NotSupportedException ? "body: '$' must be the first field and say which kind it is" : $"body: {e.Message}", e);
        }
    }
}
