namespace Akka.Configuration.Hocon;

/// <summary>Something that turns out to be an object, or not, once its parts are known.</summary>
public interface IMightBeAHoconObject
{
    /// <summary>Whether it is an object.</summary>
    bool IsObject();

    /// <summary>The object, or null when it is none.</summary>
    HoconObject GetObject();
}
