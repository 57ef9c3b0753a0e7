// Each fuzzer keeps the machine busy, and its bound is a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
