namespace ActorScheduler.Containers.Processes.Host;

/// <summary>A process of the host.</summary>
/// <param name="Process">Its number.</param>
/// <param name="State">The kernel's letter; <c>Z</c> for one that has ended and was not taken away.</param>
/// <param name="Session">The session that it belongs to.</param>
/// <param name="Ticks">Processor time so far, in hundredths of a second.</param>
/// <param name="Threads">How many threads.</param>
/// <param name="StartedAt">When, in hundredths of a second since the host's start.</param>
/// <param name="Resident">Bytes in memory.</param>
internal readonly record struct ProcessEntry(int Process, char State, long Session, long Ticks, int Threads, long StartedAt, long Resident);
