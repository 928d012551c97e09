// One platform is six processes; two at a time are too many for a small machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
