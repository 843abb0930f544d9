namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>A piece of output as the engine kept it: a line, or a part of a long one. Valid until the next one is read.</summary>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="At">When, as the engine writes it: RFC 3339 in UTC with nine digits, so that order of text is order of time.</param>
/// <param name="Data">The bytes.</param>
internal readonly record struct LogEntry(bool IsError, string At, ReadOnlyMemory<byte> Data);
