namespace Docker.DotNet.Models;

/// <summary>The value in maps that the engine uses as sets, such as exposed ports: an empty object in JSON.</summary>
public struct EmptyStruct
{
}
