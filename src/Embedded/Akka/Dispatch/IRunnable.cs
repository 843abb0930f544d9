namespace Akka.Dispatch;

/// <summary>A piece of work for a dispatcher or scheduler.</summary>
public interface IRunnable
{
    void Run();
}
