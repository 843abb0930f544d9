namespace Akka.Util;

/// <summary>One of two: by habit the left is the failure and the right the result.</summary>
public abstract class Either<TA, TB>
{
    /// <summary>Keeps whichever of the two counts.</summary>
    protected Either(TA left, TB right)
    {
        Left = left;
        Right = right;
    }

    /// <summary>Whether it is the left one.</summary>
    public abstract bool IsLeft { get; }

    /// <summary>Whether it is the right one.</summary>
    public abstract bool IsRight { get; }

    /// <summary>The one that it is.</summary>
    public object Value => (IsLeft ? Left : Right)!;

    /// <summary>The left value; meaningless when it is the right one.</summary>
    protected TA Left { get; }

    /// <summary>The right value; meaningless when it is the left one.</summary>
    protected TB Right { get; }

    /// <summary>Gives a left value its other side.</summary>
    public static implicit operator Either<TA, TB>(Left<TA> left) => new Left<TA, TB>(left.Value);

    /// <summary>Gives a right value its other side.</summary>
    public static implicit operator Either<TA, TB>(Right<TB> right) => new Right<TA, TB>(right.Value);

    /// <summary>Maps whichever it is.</summary>
    public Either<TRes1, TRes2> Map<TRes1, TRes2>(Func<TA, TRes1> map1, Func<TB, TRes2> map2) =>
        IsLeft ? new Left<TRes1, TRes2>(map1(Left)) : new Right<TRes1, TRes2>(map2(Right));

    /// <summary>Maps the left value, if it is that.</summary>
    public Either<TRes, TB> MapLeft<TRes>(Func<TA, TRes> map) => Map(map, right => right);

    /// <summary>Maps the right value, if it is that.</summary>
    public Either<TA, TRes> MapRight<TRes>(Func<TB, TRes> map) => Map(left => left, map);

    /// <summary>One result out of whichever it is.</summary>
    public TRes Fold<TRes>(Func<TA, TRes> left, Func<TB, TRes> right) => IsLeft ? left(Left) : right(Right);

    /// <summary>The left side alone.</summary>
    public Left<TA, TB> ToLeft() => new(Left);

    /// <summary>The right side alone.</summary>
    public Right<TA, TB> ToRight() => new(Right);
}

/// <summary>Makes one side, whose other side the context tells.</summary>
public static class Either
{
    /// <summary>A left value.</summary>
    public static Left<T> Left<T>(T value) => new(value);

    /// <summary>A right value.</summary>
    public static Right<T> Right<T>(T value) => new(value);
}

/// <summary>The left of two.</summary>
public class Left<TA, TB> : Either<TA, TB>
{
    /// <inheritdoc cref="Left{TA,TB}" />
    public Left(TA a)
        : base(a, default!)
    {
    }

    /// <inheritdoc />
    public override bool IsLeft => true;

    /// <inheritdoc />
    public override bool IsRight => false;

    /// <summary>The value.</summary>
    public new TA Value => Left;
}

/// <summary>The right of two.</summary>
public class Right<TA, TB> : Either<TA, TB>
{
    /// <inheritdoc cref="Right{TA,TB}" />
    public Right(TB b)
        : base(default!, b)
    {
    }

    /// <inheritdoc />
    public override bool IsLeft => false;

    /// <inheritdoc />
    public override bool IsRight => true;

    /// <summary>The value.</summary>
    public new TB Value => Right;
}

/// <summary>A left value that does not know its other side yet.</summary>
public class Left<T>
{
    /// <inheritdoc cref="Left{T}" />
    public Left(T value)
    {
        Value = value;
    }

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>True.</summary>
    public bool IsLeft => true;

    /// <summary>False.</summary>
    public bool IsRight => false;
}

/// <summary>A right value that does not know its other side yet.</summary>
public class Right<T>
{
    /// <inheritdoc cref="Right{T}" />
    public Right(T value)
    {
        Value = value;
    }

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>False.</summary>
    public bool IsLeft => false;

    /// <summary>True.</summary>
    public bool IsRight => true;
}
