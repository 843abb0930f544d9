// These suites measure time and load the processors: one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
