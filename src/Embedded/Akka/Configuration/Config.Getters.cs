using Akka.Configuration.Hocon;

namespace Akka.Configuration;

// Each getter answers its default when the key is missing or null, and raises an error that names the key, the text found
// and what would be accepted when the value cannot be read as asked.
public partial class Config
{
    /// <summary>A boolean: on, yes, true, or off, no, false.</summary>
    /// <exception cref="NotSupportedException">The value is something else.</exception>
    public virtual bool GetBoolean(string path, bool @default = false) => Read(path, @default, static v => v.GetBoolean());

    /// <summary>A number of bytes such as <c>128 MiB</c>, <c>10k</c> or <c>4096b</c>; null when the key is missing.</summary>
    /// <exception cref="FormatException">The value is no size.</exception>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <inheritdoc cref="GetByteSize(string)" />
    public virtual long? GetByteSize(string path, long? def = null) => Read(path, def, static v => v.GetByteSize());

    /// <summary>A whole number of 32 bits.</summary>
    /// <exception cref="FormatException">The value is no such number.</exception>
    public virtual int GetInt(string path, int @default = 0) => Read(path, @default, static v => v.GetInt());

    /// <summary>A whole number of 64 bits.</summary>
    /// <exception cref="FormatException">The value is no such number.</exception>
    public virtual long GetLong(string path, long @default = 0) => Read(path, @default, static v => v.GetLong());

    /// <summary>The text of a scalar.</summary>
    public virtual string GetString(string path, string? @default = null) => Read(path, @default, static v => v.GetString())!;

    /// <summary>A number.</summary>
    /// <exception cref="FormatException">The value is no number.</exception>
    public virtual float GetFloat(string path, float @default = 0) => Read(path, @default, static v => v.GetFloat());

    /// <inheritdoc cref="GetFloat" />
    public virtual decimal GetDecimal(string path, decimal @default = 0) => Read(path, @default, static v => v.GetDecimal());

    /// <inheritdoc cref="GetFloat" />
    public virtual double GetDouble(string path, double @default = 0) => Read(path, @default, static v => v.GetDouble());

    /// <summary>
    /// A duration: a number with a unit (<c>5 s</c>, <c>1.5h</c>, <c>100ms</c>), a bare number of milliseconds, or
    /// <c>infinite</c>, which is <see cref="Timeout.InfiniteTimeSpan" />.
    /// </summary>
    /// <exception cref="FormatException">The value is no duration, or infinite where that is not allowed.</exception>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) => allowInfinite
        ? Read(path, @default.GetValueOrDefault(), static v => v.GetTimeSpan())
        : Read(path, @default.GetValueOrDefault(), static v => v.GetTimeSpan(false));

    /// <summary>A list of booleans; empty when the key is missing.</summary>
    public virtual IList<bool> GetBooleanList(string path) => ReadList(path, static v => v.GetBooleanList());

    /// <summary>A list of decimals; empty when the key is missing.</summary>
    public virtual IList<decimal> GetDecimalList(string path) => ReadList(path, static v => v.GetDecimalList());

    /// <summary>A list of single-precision numbers; empty when the key is missing.</summary>
    public virtual IList<float> GetFloatList(string path) => ReadList(path, static v => v.GetFloatList());

    /// <summary>A list of double-precision numbers; empty when the key is missing.</summary>
    public virtual IList<double> GetDoubleList(string path) => ReadList(path, static v => v.GetDoubleList());

    /// <summary>A list of whole numbers; empty when the key is missing.</summary>
    public virtual IList<int> GetIntList(string path) => ReadList(path, static v => v.GetIntList());

    /// <summary>A list of long numbers; empty when the key is missing.</summary>
    public virtual IList<long> GetLongList(string path) => ReadList(path, static v => v.GetLongList());

    /// <summary>A list of bytes; empty when the key is missing.</summary>
    public virtual IList<byte> GetByteList(string path) => ReadList(path, static v => v.GetByteList());

    /// <summary>A list of strings; empty when the key is missing.</summary>
    public virtual IList<string> GetStringList(string path) => ReadList(path, static v => v.GetStringList());

    /// <summary>A list of strings; <paramref name="strings" /> when the key is missing.</summary>
    public virtual IList<string> GetStringList(string path, string[]? strings) =>
        Read(path, strings ?? (IList<string>)[], static v => v.GetStringList());

    private List<T> ReadList<T>(string path, Func<HoconValue, IList<T>> read) =>
        (List<T>)Read(path, (IList<T>?)null, read!)! ?? [];

    private T Read<T>(string path, T @default, Func<HoconValue, T> read)
    {
        var value = Find(path);
        if (value is null || value.IsNull)
        {
            return @default;
        }

        try
        {
            return read(value);
        }
        catch (FormatException e)
        {
            throw new FormatException($"Configuration key '{path}': {e.Message}", e);
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException($"Configuration key '{path}': {e.Message}", e);
        }
    }
}
