namespace ActorScheduler.Protocol;

/// <summary>A value of the configuration is not valid.</summary>
/// <param name="key">The whole key.</param>
/// <param name="reason">What would have been right.</param>
/// <param name="cause">What the reader of the value said, or null.</param>
internal sealed class SettingException(string key, string reason, Exception? cause = null) : ArgumentException($"{key} {reason}", cause)
{
    internal string Key { get; } = key;

    internal string Reason { get; } = reason;
}
