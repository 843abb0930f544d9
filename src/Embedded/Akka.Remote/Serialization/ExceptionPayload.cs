using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Serialization;

/// <summary>
/// An exception on the wire: its type's name, message, stack and causes. It comes back as that type where that is an
/// accepted one with a constructor for message and cause, else as a <see cref="RemoteTransportException"/> that says
/// what it was: received data does not choose what is made here.
/// </summary>
internal static class ExceptionPayload
{
    private const int DeepestCause = 16;

    private static readonly Dictionary<string, Func<string, Exception?, Exception>> WellKnown = new(StringComparer.Ordinal)
    {
        [typeof(Exception).FullName!] = static (message, cause) => new Exception(message, cause),
        [typeof(ArgumentException).FullName!] = static (message, cause) => new ArgumentException(message, cause),
        [typeof(ArgumentNullException).FullName!] = static (message, cause) => new ArgumentNullException(message, cause),
        [typeof(InvalidOperationException).FullName!] = static (message, cause) => new InvalidOperationException(message, cause),
        [typeof(NotSupportedException).FullName!] = static (message, cause) => new NotSupportedException(message, cause),
        [typeof(TimeoutException).FullName!] = static (message, cause) => new TimeoutException(message, cause),
        [typeof(TaskCanceledException).FullName!] = static (message, cause) => new TaskCanceledException(message, cause),
        [typeof(OperationCanceledException).FullName!] = static (message, cause) => new OperationCanceledException(message, cause),
        [typeof(KeyNotFoundException).FullName!] = static (message, cause) => new KeyNotFoundException(message, cause),
        [typeof(IOException).FullName!] = static (message, cause) => new IOException(message, cause),
        [typeof(FormatException).FullName!] = static (message, cause) => new FormatException(message, cause),
        [typeof(UnauthorizedAccessException).FullName!] = static (message, cause) => new UnauthorizedAccessException(message, cause),
    };

    internal static void Write(WireWriter writer, Exception? exception, int depth = 0)
    {
        if (exception is null || depth > DeepestCause)
        {
            writer.Byte(0);
            return;
        }

        var type = exception.GetType();
        writer.Byte(1).Text(type.FullName).Text(Util.TypeExtensions.TypeQualifiedName(type)).Text(exception.Message).Text(exception.StackTrace);
        Write(writer, exception.InnerException, depth + 1);
    }

    internal static Exception? Read(ref WireReader reader, ExtendedActorSystem system, int depth = 0)
    {
        if (reader.Byte() == 0) return null;
        if (depth > DeepestCause) throw new InvalidDataException("The causes of an exception are nested too deeply");
        var (name, qualified, message, stack) = (reader.Text(), reader.Text(), reader.Text(), reader.Text());
        var cause = Read(ref reader, system, depth + 1);
        if (WellKnown.TryGetValue(name, out var make)) return make(message, cause);
        return MakeAccepted(system, qualified, message, cause)
            ?? new RemoteTransportException($"{name}: {message}{(stack.Length == 0 ? "" : $"{Environment.NewLine}{stack}")}", cause);
    }

    private static Exception? MakeAccepted(ExtendedActorSystem system, string name, string message, Exception? cause)
    {
        try
        {
            var type = system.Serialization.ReceivedTypes.Resolve(name);
            if (!typeof(Exception).IsAssignableFrom(type) || type.IsAbstract) return null;
            if (type.GetConstructor([typeof(string), typeof(Exception)]) is { } full) return (Exception)full.Invoke([message, cause]);
            if (type.GetConstructor([typeof(string)]) is { } brief) return (Exception)brief.Invoke([message]);
            return null;
        }
        catch (Exception failure) when (failure is SerializationException or System.Reflection.TargetInvocationException)
        {
            return null;
        }
    }
}
