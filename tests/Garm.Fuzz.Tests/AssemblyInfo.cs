// Each fuzzer keeps the machine busy and runs for a fixed time, so they do not run in parallel.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
