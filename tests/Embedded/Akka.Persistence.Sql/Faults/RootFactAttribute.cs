namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>A fact for which a file system has to be mounted. Skipped for other users than root.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess) Skip = "Only root may mount the small file system that gets full";
    }
}
