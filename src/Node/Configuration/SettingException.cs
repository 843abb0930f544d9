namespace ActorScheduler.Node.Configuration;

/// <summary>A value of the configuration is not valid.</summary>
/// <param name="key">The whole key.</param>
/// <param name="reason">What would have been right.</param>
internal sealed class SettingException(string key, string reason) : Exception($"{key}: {reason}")
{
    internal string Key { get; } = key;

    internal string Reason { get; } = reason;
}
