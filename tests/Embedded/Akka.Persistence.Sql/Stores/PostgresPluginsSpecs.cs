using System.Reflection;
using Akka.Persistence.Specs.Compatibility;

namespace Akka.Persistence.Sql.Specs.Stores;

/// <summary>
/// The suites on PostgreSQL. Each of their facts is a case of one theory here, since xunit skips theories, not classes.
/// </summary>
[Collection("postgres")]
public sealed class PostgresPluginsSpecs
{
    public static TheoryData<string> JournalFacts => Facts(typeof(JournalCompatibility));

    public static TheoryData<string> SnapshotFacts => Facts(typeof(SnapshotStoreCompatibility));

    [PostgresTheory]
    [MemberData(nameof(JournalFacts))]
    public void Journal(string fact) => Run(new OnPostgres.Journal(), fact);

    [PostgresTheory]
    [MemberData(nameof(JournalFacts))]
    public void Journal_in_small_pieces(string fact) => Run(new OnPostgres.JournalInSmallPieces(), fact);

    [PostgresTheory]
    [MemberData(nameof(SnapshotFacts))]
    public void Snapshot_store(string fact) => Run(new OnPostgres.Snapshots(), fact);

    private static TheoryData<string> Facts(Type suite) =>
        new(suite.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name));

    private static void Run(TestKit.Xunit2.TestKit suite, string fact)
    {
        using (suite)
            suite.GetType().GetMethod(fact)!.Invoke(suite, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    /// <summary>Not public, so that the runner does not take them for suites of their own.</summary>
    private static class OnPostgres
    {
        internal sealed class Journal() : JournalCompatibility(Databases.OnPostgres());

        internal sealed class JournalInSmallPieces() : JournalCompatibility(
            Databases.OnPostgres("replay-batch-size = 2\ndb-round-trip-max-batch-size = 1\ntable-mapping = postgresql"));

        internal sealed class Snapshots() : SnapshotStoreCompatibility(Databases.OnPostgres());
    }
}

/// <summary>A theory about PostgreSQL; skipped and required like <see cref="PostgresFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute()
    {
        if (!Databases.RequireAll) Skip = Databases.WithoutPostgres!;
    }
}
