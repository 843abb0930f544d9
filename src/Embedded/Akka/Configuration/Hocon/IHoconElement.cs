namespace Akka.Configuration.Hocon;

/// <summary>A part of a <see cref="HoconValue" />: text, a list, an object or a substitution.</summary>
public interface IHoconElement
{
    /// <summary>Whether the element is a list.</summary>
    bool IsArray();

    /// <summary>The elements of the list.</summary>
    IList<HoconValue> GetArray();

    /// <summary>Whether the element is text (numbers and booleans are text until a getter reads them).</summary>
    bool IsString();

    /// <summary>The text.</summary>
    string GetString();
}
