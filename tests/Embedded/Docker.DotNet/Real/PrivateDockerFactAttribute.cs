namespace Docker.DotNet.Specs.Real;

/// <summary>A fact that stops the engine's process: only for the private engine of scripts/docker, never for another.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrivateDockerFactAttribute : FactAttribute
{
    public PrivateDockerFactAttribute()
    {
        if (!LocalEngine.Required) Skip = LocalEngine.Missing
            ?? (LocalEngine.Socket == LocalEngine.PrivateSocket ? null! : "The engine is not the private one of scripts/docker.");
        Timeout = 120_000;
    }
}
