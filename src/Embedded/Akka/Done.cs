namespace Akka;

/// <summary>The result of what is finished and has nothing else to tell.</summary>
public sealed class Done
{
    /// <summary>The only one.</summary>
    public static readonly Done Instance = new();

    private Done()
    {
    }

    /// <inheritdoc />
    public override string ToString() => "Done";
}
