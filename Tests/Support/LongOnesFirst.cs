using EcosystemSilo.Tests.Support;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongOnesFirst))]

namespace EcosystemSilo.Tests.Support;

/// <summary>What takes longest begins first, so that the others are not done long before it.</summary>
public sealed class LongOnesFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        "PostgresJournalTests",
        "RefusedStartTests",
        "SqliteJournalTests",
        "TemplateWalkTests",
        "LargePartsTests",
        "Membership.ClusterTests",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(one => one.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(
            Long,
            name => collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal)
        );
        return place < 0 ? Long.Length : place;
    }
}
