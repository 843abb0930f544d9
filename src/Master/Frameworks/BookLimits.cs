namespace ActorScheduler.Master.Frameworks;

/// <summary>How much of a framework's past is kept.</summary>
/// <param name="CompletedTasks">Tasks that have ended and are acknowledged. Their ids may not be used again while they are kept.</param>
/// <param name="Requests">Requests that are recognised when they come again.</param>
/// <param name="Operations">Operations with an id.</param>
internal sealed record BookLimits(int CompletedTasks = 1000, int Requests = 10_000, int Operations = 10_000);
