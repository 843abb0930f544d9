using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway;

/// <summary>A part of what a node offers by HTTP. Each API is one of these, given to <see cref="HttpHost"/>.</summary>
internal interface IEndpoints
{
    /// <summary>Adds its routes.</summary>
    void Map(IEndpointRouteBuilder routes);
}
