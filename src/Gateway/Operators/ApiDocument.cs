using System.Text.Json.Serialization.Metadata;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ActorScheduler.Gateway.Operators;

/// <summary>The OpenAPI document of the operators' API, made of its endpoints.</summary>
internal static class ApiDocument
{
    internal const string Path = "/openapi/v1.json";

    /// <summary>Types that are written by converters of ours, and how.</summary>
    private static readonly Dictionary<Type, (JsonSchemaType Type, string Description)> Written = new()
    {
        [typeof(Resources)] = (JsonSchemaType.Object, "Unreserved cpus, mem (MiB), disk (MiB) and gpus as numbers, unreserved ports as text ([31000-32000]); all else under 'special' in the form of Mesos."),
        [typeof(Quantities)] = (JsonSchemaType.Object, "Numbers by name of resource."),
        [typeof(TimeSpan)] = (JsonSchemaType.Number, "Seconds."),
        [typeof(Labels)] = (JsonSchemaType.Array, "Objects with key and, where there is one, value. A key may come twice."),
        [typeof(AgentAttribute)] = (JsonSchemaType.Object, "name, kind (Scalar, Ranges or Text) and value as text."),
        [typeof(Epoch)] = (JsonSchemaType.Integer, "Counts the incarnations of the allocator."),
    };

    internal static void AddTo(IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ActorScheduler", Version = Versions.Product,
                Description = "What operators see and decide. Any node answers, and asks the masters. Commands are durable before they are answered; with an Idempotency-Key they may be sent again.",
            };
            document.Servers?.Clear();
            document.AddComponent<IOpenApiSecurityScheme>("token", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of actorscheduler.node.http-access, where that is set. Viewers may only GET.",
            });
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (Written.TryGetValue(type, out (JsonSchemaType Type, string Description) written))
                (schema.Type, schema.Description) = (written.Type, written.Description);
            else if (type.Namespace == typeof(TaskId).Namespace && type is { IsValueType: true, IsEnum: false } && type.GetProperty("Value")?.PropertyType == typeof(string))
                schema.Type = JsonSchemaType.String;
            // What is null is left out.
            foreach (JsonPropertyInfo property in context.JsonTypeInfo.Properties.Where(static property => property.IsGetNullable))
                schema.Required?.Remove(property.Name);
            return Task.CompletedTask;
        });
    });

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");
}
