using Microsoft.CodeAnalysis;

namespace ActorScheduler.WireGenerator;

/// <summary>A field of a record on the wire.</summary>
/// <param name="number">Its number there, for ever.</param>
/// <param name="property">Where its value is read from.</param>
/// <param name="parameter">What the constructor calls it; null when it is set after that.</param>
internal sealed class Member(int number, IPropertySymbol property, IParameterSymbol? parameter)
{
    public int Number { get; } = number;

    public IPropertySymbol Property { get; } = property;

    public IParameterSymbol? Parameter { get; } = parameter;

    public string Name => Property.Name;

    public ITypeSymbol Type => Property.Type;

    /// <summary>Whether nothing is a value: a nullable reference or a nullable number.</summary>
    public bool IsOptional => Type.NullableAnnotation == NullableAnnotation.Annotated || Shapes.Underlying(Type) is not null;

    /// <summary>Whether the record says what it is when nothing is said, and that is not zero, false or nothing.</summary>
    public bool HasDefault => !IsOptional && (Parameter is null
        ? !Property.IsRequired
        : Parameter.HasExplicitDefaultValue && Parameter.ExplicitDefaultValue is { } value && !IsZero(value));

    private static bool IsZero(object value) => value is false or 0 or 0L or 0.0;
}
