using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Util.Reflection;

/// <summary>Takes constructor calls apart.</summary>
public static class ExpressionExtensions
{
    /// <summary>
    /// The values of the arguments of a constructor call. Constants, and variables and members that the call closes over, are
    /// read directly; only what needs computing is compiled, which takes a thousand times longer.
    /// </summary>
    public static object[] GetArguments(this NewExpression newExpression)
    {
        var arguments = new object[newExpression.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(newExpression.Arguments[i])!;
        }

        return arguments;
    }

    private static object? Evaluate(Expression expression) =>
        TryRead(expression, out var value)
            ? value
            : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

    private static bool TryRead(Expression? expression, out object? value)
    {
        switch (expression)
        {
            case null:
                value = null;
                return true;
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case DefaultExpression { Type.IsValueType: false }:
                value = null;
                return true;
            case MemberExpression { Member: FieldInfo field } member when TryReadOwner(member, field.IsStatic, out var owner):
                value = field.GetValue(owner);
                return true;
            case MemberExpression { Member: PropertyInfo { GetMethod: { } getter } } member
                when TryReadOwner(member, getter.IsStatic, out var owner):
                value = getter.Invoke(owner, BindingFlags.DoNotWrapExceptions, null, null, null);
                return true;

            // Boxing and casts to a base type change nothing; conversions between numbers do, and are computed.
            case UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
                when convert.Type.IsAssignableFrom(convert.Operand.Type):
                return TryRead(convert.Operand, out value);
            default:
                value = null;
                return false;
        }
    }

    // A member of null is left to the compiled form, which raises what the language would.
    private static bool TryReadOwner(MemberExpression member, bool isStatic, out object? owner) =>
        TryRead(member.Expression, out owner) && (isStatic || owner is not null);
}
