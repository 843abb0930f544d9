using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>The settings under akka.persistence.</summary>
public sealed class PersistenceSettings : Settings
{
    public PersistenceSettings(ActorSystem system, Config config) : base(system, config) =>
        Internal = new InternalSettings(config);

    public InternalSettings Internal { get; }

    /// <summary>Switches for tests.</summary>
    public class InternalSettings
    {
        public InternalSettings(Config config)
        {
            PublishPluginCommands = config.GetBoolean("akka.persistence.publish-plugin-commands");
            PublishConfirmations = config.GetBoolean("akka.persistence.publish-confirmations");
        }

        /// <summary>Whether journals and snapshot stores publish what they are asked to write and delete.</summary>
        public bool PublishPluginCommands { get; }

        public bool PublishConfirmations { get; }
    }
}
