using ActorScheduler.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The client for dependency injection.</summary>
public static class ActorSchedulerServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="SchedulerClient"/>, made at its first use and ended with the container.</summary>
    /// <param name="services">The services.</param>
    /// <param name="contacts">Addresses of masters, <c>host:port</c>, separated by commas.</param>
    public static IServiceCollection AddActorScheduler(this IServiceCollection services, string contacts) =>
        services.AddActorScheduler(options => options with { Contacts = contacts });

    /// <summary>Adds one <see cref="SchedulerClient"/>, made at its first use and ended with the container.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the default options.</param>
    public static IServiceCollection AddActorScheduler(this IServiceCollection services, Func<SchedulerClientOptions, SchedulerClientOptions> configure) =>
        services.AddSingleton(provider => new SchedulerClient(configure(new SchedulerClientOptions { Loggers = provider.GetService<ILoggerFactory>() })));
}
