namespace ActorScheduler.Containers;

/// <summary>How large a terminal is, in characters.</summary>
public readonly record struct TerminalSize(int Columns, int Rows);
