namespace EcosystemSilo.Journal;

/// <summary>
/// A scheduler that all work stays on: a simulation's, which runs whole processes on one thread, in an order of its
/// own. Any other scheduler, such as that of a grain, serves only the caller who happens to be on it.
/// </summary>
public abstract class OneThreadScheduler : TaskScheduler;
