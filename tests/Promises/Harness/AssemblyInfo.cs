// Each of these specs has a cluster of processes to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
