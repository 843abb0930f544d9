using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Two values should have been equal.</summary>
public class AkkaEqualException : XunitException
{
    public AkkaEqualException(string format = "", params object[] args) : base(XunitAssertions.Text(format, args))
    {
    }

    public static AkkaEqualException ForMismatchedValues(object? expected, object? actual, string? format = null, params object[] args)
    {
        var about = XunitAssertions.Text(format, args);
        var values = $"{Environment.NewLine}Expected: {Shown(expected)}{Environment.NewLine}Actual:   {Shown(actual)}";
        return new AkkaEqualException($"Assert.Equal() Failure{(about.Length > 0 ? ": " + about : "")}{values}");
    }

    private static string Shown(object? value) => value is null ? "null" : $"{value} ({value.GetType()})";
}
