#nullable enable
namespace Docker.DotNet.Transport;

/// <summary>What is not there when the engine answers 404.</summary>
internal enum Missing
{
    Something,
    Container,
    Image,
    Network,
}
