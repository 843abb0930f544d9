using System.Globalization;

namespace Akka.Configuration.Hocon;

public partial class HoconValue
{
    /// <summary>The text; null for HOCON's null, and for a list or an object.</summary>
    public string GetString()
    {
        if (Values is [HoconLiteral single])
        {
            return single.Value;
        }

        return IsString() ? string.Concat(Values.Select(part => part.GetString() ?? "null")) : null!;
    }

    /// <inheritdoc cref="Config.GetBoolean" />
    public bool GetBoolean() => HoconScalar.Boolean(Text());

    /// <inheritdoc cref="Config.GetDecimal" />
    public decimal GetDecimal() =>
        decimal.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw HoconScalar.Refused(Text(), "a number");

    /// <inheritdoc cref="Config.GetFloat" />
    public float GetFloat() => (float)GetDouble();

    /// <inheritdoc cref="Config.GetDouble" />
    public double GetDouble() =>
        double.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw HoconScalar.Refused(Text(), "a number");

    /// <inheritdoc cref="Config.GetLong" />
    public long GetLong() =>
        long.TryParse(Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw HoconScalar.Refused(Text(), $"a whole number from {long.MinValue} to {long.MaxValue}");

    /// <inheritdoc cref="Config.GetInt" />
    public int GetInt() =>
        int.TryParse(Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw HoconScalar.Refused(Text(), $"a whole number from {int.MinValue} to {int.MaxValue}");

    /// <summary>A whole number from 0 to 255.</summary>
    public byte GetByte() =>
        byte.TryParse(Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw HoconScalar.Refused(Text(), "a whole number from 0 to 255");

    /// <inheritdoc cref="Config.GetByteSize(string)" />
    public long? GetByteSize() => HoconScalar.ByteSize(Text());

    /// <inheritdoc cref="Config.GetTimeSpan" />
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconScalar.Duration(Text(), allowInfinite);

    /// <summary>
    /// The elements of a list. An object whose keys are all numbers is a list in the order of those (that is how lists are
    /// written as single keys); null and empty text are empty lists.
    /// </summary>
    /// <exception cref="FormatException">The value is something else.</exception>
    public IList<HoconValue> GetArray()
    {
        if (GetList() is { } list)
        {
            return list;
        }

        if (IsNull || IsEmpty || (IsString() && string.IsNullOrWhiteSpace(GetString())))
        {
            return [];
        }

        if (GetObject() is { } numbered && numbered.Items.Keys.All(key => uint.TryParse(key, out _)))
        {
            return numbered.Items.OrderBy(item => uint.Parse(item.Key, CultureInfo.InvariantCulture))
                .Select(item => item.Value).ToList();
        }

        throw HoconScalar.Refused(Text(), "a list such as [a, b]");
    }

    /// <summary>The elements of a list of booleans.</summary>
    public IList<bool> GetBooleanList() => ListOf(static v => v.GetBoolean());

    /// <summary>The elements of a list of decimals.</summary>
    public IList<decimal> GetDecimalList() => ListOf(static v => v.GetDecimal());

    /// <summary>The elements of a list of single-precision numbers.</summary>
    public IList<float> GetFloatList() => ListOf(static v => v.GetFloat());

    /// <summary>The elements of a list of double-precision numbers.</summary>
    public IList<double> GetDoubleList() => ListOf(static v => v.GetDouble());

    /// <summary>The elements of a list of whole numbers.</summary>
    public IList<int> GetIntList() => ListOf(static v => v.GetInt());

    /// <summary>The elements of a list of long numbers.</summary>
    public IList<long> GetLongList() => ListOf(static v => v.GetLong());

    /// <summary>The elements of a list of bytes.</summary>
    public IList<byte> GetByteList() => ListOf(static v => v.GetByte());

    /// <summary>The elements of a list of strings.</summary>
    public IList<string> GetStringList() => ListOf(static v => v.GetString());

    private List<T> ListOf<T>(Func<HoconValue, T> read) => GetArray().Select(read).ToList();

    private string Text() => GetString() ?? (IsObject() ? "an object" : IsArray() ? "a list" : "null");
}
