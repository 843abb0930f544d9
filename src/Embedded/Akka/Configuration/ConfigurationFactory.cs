using System.Reflection;
using Akka.Configuration.Hocon;
using Newtonsoft.Json;

namespace Akka.Configuration;

/// <summary>Makes a <see cref="Config" /> from text, from embedded resources, from objects and from the application's file.</summary>
public class ConfigurationFactory
{
    private static readonly string[] ApplicationFiles = ["akka.hocon", "app.conf"];

    private static readonly Lazy<Config> Reference =
        new(() => FromResource("Akka.Configuration.akka.conf", typeof(ConfigurationFactory).Assembly));

    /// <summary>A configuration without any key.</summary>
    public static Config Empty => ParseString(string.Empty);

    /// <summary>Reads HOCON; includes name files, relative to the application's folder.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON; the message names line and column.</exception>
    /// <exception cref="FormatException">A substitution has no value.</exception>
    public static Config ParseString(string hocon) => new(HoconFile.ParseText(hocon));

    /// <summary>Reads HOCON; <paramref name="includeCallback" /> answers what each include names.</summary>
    /// <inheritdoc cref="ParseString(string)" path="/exception" />
    public static Config ParseString(string hocon, Func<string, HoconRoot>? includeCallback) =>
        new(Parser.Parse(hocon, includeCallback));

    /// <summary>
    /// The application's own configuration: <c>akka.hocon</c>, or else <c>app.conf</c>, in the folder of the program;
    /// empty when there is neither.
    /// </summary>
    public static Config Load()
    {
        foreach (var name in ApplicationFiles)
        {
            var file = Path.Combine(AppContext.BaseDirectory, name);
            if (File.Exists(file))
            {
                return new Config(HoconFile.ParseFile(file));
            }
        }

        return Empty;
    }

    /// <summary>The engine's reference configuration: each key that it knows, with its default. Read once a process.</summary>
    public static Config Default() => Reference.Value;

    /// <summary>Reads an embedded resource of the assembly that <paramref name="instance" />'s type (or the Type itself) is from.</summary>
    public static Config FromResource(string resourceName, object instance) =>
        FromResource(resourceName, instance switch
        {
            Assembly assembly => assembly,
            Type type => type.Assembly,
            _ => instance.GetType().Assembly,
        });

    /// <summary>Reads an embedded resource of the assembly that <typeparamref name="TAssembly" /> is from.</summary>
    public static Config FromResource<TAssembly>(string resourceName) =>
        FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Reads an embedded resource of <paramref name="assembly" />.</summary>
    /// <exception cref="ConfigurationException">There is no such resource, or it is not HOCON.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"Assembly {assembly.GetName().Name} has no embedded resource '{resourceName}'.");
        using var reader = new StreamReader(stream);
        return new Config(HoconFile.ParseText(reader.ReadToEnd(), resourceName));
    }

    /// <summary>Turns the public properties of an object (anonymous ones included) into configuration of the same names.</summary>
    public static Config FromObject(object source) => ParseString(JsonConvert.SerializeObject(source));
}
