using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Conventions;

/// <summary>
/// A grain has no lock but its turn, so what runs in a turn goes on in it behind every await. These ways lead out of
/// it.
/// </summary>
public sealed class TurnTests
{
    /// <summary>It runs cores where there is no Orleans, in turns of its own.</summary>
    private const string Runner = "Silo/Activations/CoreRunner.cs";

    private static readonly string[] InATurn =
    [
        "Silo/Activations",
        "Silo/Calls",
        "Silo/Personal",
        "Silo/Blueprints",
        "Silo/GrainHistories.cs",
        "Silo/GrainCodec.cs",
        "Grains",
        "Grains.Interfaces",
    ];

    private static readonly string[] WaysOut =
    [
        "ConfigureAwait(",
        "Task.Run(",
        "Task.Factory",
        "TaskFactory",
        "ContinueWith(",
        "ThreadPool.",
        "new Thread(",
        "OnCompleted(",
    ];

    [Fact]
    public void WhatRunsInAGrainsTurn_StaysInIt()
    {
        var files = InATurn
            .SelectMany(part =>
                part.EndsWith(".cs", StringComparison.Ordinal) ? [part] : Repository.Files("*.cs", part)
            )
            .ToArray();

        files.ShouldContain(Runner);
        files
            .Where(file => file != Runner)
            .SelectMany(file => WaysOut.Where(Repository.Text(file).Contains), (file, way) => $"{file}: {way}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void SiloAndJournal_NeverLetGoOfWhereTheyRun() =>
        Repository
            .Files("*.cs", "Silo")
            .Concat(Repository.Files("*.cs", "Journal"))
            .Where(file => Repository.Text(file).Contains("ConfigureAwait(false)", StringComparison.Ordinal))
            .ShouldBeEmpty();
}
