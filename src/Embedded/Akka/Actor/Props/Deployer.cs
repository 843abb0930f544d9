using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Deployments by path, from akka.actor.deployment: <c>/service</c>, or with * and ** for any name.</summary>
public class Deployer
{
    private readonly Config _default;
    private readonly List<(string[] Pattern, Deploy Deploy)> _deployments = [];
    private readonly Lock _lock = new();

    public Deployer(Settings settings)
    {
        var section = settings.Config.GetConfig("akka.actor.deployment") ?? Config.Empty;
        _default = section.GetConfig("default") ?? Config.Empty;
        if (section.IsEmpty) return;
        foreach (var (path, value) in section.Root.GetObject().Items)
            if (path != "default" && value.IsObject())
                SetDeploy(ParseConfig(path, section.GetConfig($"\"{path}\"").WithFallback(_default)));
    }

    /// <summary>The deployment of an actor below /user, or null.</summary>
    public Deploy? Lookup(ActorPath path)
    {
        var elements = path.Elements;
        return elements.Count > 1 && elements[0] == "user" ? Lookup(elements.Skip(1)) : null;
    }

    public Deploy? Lookup(IEnumerable<string> path)
    {
        lock (_lock)
        {
            if (_deployments.Count == 0) return null;
            var elements = path.ToArray();
            // The most exact pattern wins.
            return _deployments.Where(d => Fits(d.Pattern, elements)).OrderBy(d => Wildness(d.Pattern)).Select(d => d.Deploy).FirstOrDefault();
        }
    }

    public void SetDeploy(Deploy deploy)
    {
        var pattern = deploy.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var element in pattern)
            if (!ActorPath.IsValidPathElement(element) && !element.Contains('*', StringComparison.Ordinal))
                throw new IllegalActorNameException($"Illegal actor name [{element}] in deployment [{deploy.Path}]");
        lock (_lock)
        {
            _deployments.RemoveAll(d => d.Pattern.SequenceEqual(pattern));
            _deployments.Add((pattern, deploy));
        }
    }

    /// <summary>Reads one section of akka.actor.deployment.</summary>
    public virtual Deploy ParseConfig(string key, Config config) => new(
        key, config, Deploy.NoScopeGiven,
        config.GetString("dispatcher", "") ?? "", config.GetString("mailbox", "") ?? "", config.GetInt("stash-capacity", Deploy.NoStashSize));

    private static bool Fits(string[] pattern, string[] elements)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "**") return i < elements.Length;
            if (i >= elements.Length || !WildcardMatch.Like(elements[i], pattern[i])) return false;
        }

        return pattern.Length == elements.Length;
    }

    private static int Wildness(string[] pattern) =>
        pattern.Sum(element => element == "**" ? 100 : element.Contains('*', StringComparison.Ordinal) ? 1 : 0);
}
