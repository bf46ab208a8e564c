using System.Text.RegularExpressions;
using System.Xml.Linq;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Conventions;

/// <summary>The dependency rule of docs/ARCHITECTURE.md, read from the project files and the sources.</summary>
public sealed partial class LayeringTests
{
    [Theory]
    [InlineData("Grains.Interfaces", "")]
    [InlineData("Grains", "Grains.Interfaces")]
    [InlineData("Journal", "")]
    [InlineData("Senders", "Grains.Interfaces")]
    [InlineData("Silo", "Grains Journal Senders")]
    [InlineData("Gateway", "Grains.Interfaces Senders Silo")]
    [InlineData("LoadTests", "Silo Gateway")]
    [InlineData("Tests", "Gateway LoadTests")]
    public void AProject_ReferencesOnly(string project, string allowed) =>
        References(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ShouldBe(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    [Theory]
    [InlineData("Grains.Interfaces", "")]
    [InlineData("Grains", "YamlDotNet")]
    [InlineData("Senders", "Polly.Core")]
    [InlineData(
        "Silo",
        "Microsoft.Orleans.Server Microsoft.Orleans.Client Microsoft.Orleans.Clustering.AdoNet "
            + "Microsoft.Orleans.Hosting.Kubernetes Microsoft.Orleans.Connections.Security "
            + "Microsoft.Orleans.Dashboard Microsoft.Orleans.Persistence.AdoNet Microsoft.Orleans.Streaming.EventHubs "
            + "Azure.Messaging.EventHubs Azure.Identity Polly.Core OpenTelemetry "
            + "OpenTelemetry.Exporter.OpenTelemetryProtocol OpenTelemetry.Exporter.Prometheus.AspNetCore"
    )]
    public void TheDomainAndItsHost_UsePackagesSparingly(string project, string allowed) =>
        References(project, "PackageReference")
            .ShouldBe(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    /// <summary>
    /// References carry on from project to project, so what a project may name is checked in its sources.
    /// </summary>
    [Theory]
    [InlineData("Grains.Interfaces", "Grains.Interfaces")]
    [InlineData("Grains", "Grains.Interfaces Grains")]
    [InlineData("Journal", "Journal")]
    [InlineData("Senders", "Grains.Interfaces Senders")]
    [InlineData("Silo", "Grains.Interfaces Grains Journal Senders Silo")]
    [InlineData("Gateway", "Grains.Interfaces Senders Gateway")]
    [InlineData("LoadTests", "Grains.Interfaces Journal Silo LoadTests")]
    public void AProject_NamesOnly(string project, string allowed)
    {
        var names = allowed.Split(' ');
        var strangers = Repository
            .Files("*.cs", project)
            .Where(file => file != "Gateway/Program.cs")
            .SelectMany(
                file => OurNames().Matches(Repository.Text(file)).Select(match => match.Groups["name"].Value),
                (file, name) => (file, name)
            )
            .Where(use => !names.Contains(use.name, StringComparer.Ordinal));

        strangers.ShouldBeEmpty();
    }

    /// <summary>A decision is a pure function: it is given the time, and calls nobody.</summary>
    [Fact]
    public void Deciders_TouchNothingOutside()
    {
        string[] outside =
        [
            "System.Net",
            "System.Data",
            "System.Threading",
            "HttpClient",
            "TimeProvider",
            "Guid.NewGuid",
        ];

        Repository.Files("*.cs", "Grains").Where(file => outside.Any(Repository.Text(file).Contains)).ShouldBeEmpty();
    }

    [Fact]
    public void TheSourceFolderOfAFile_IsItsNamespace()
    {
        var strays = Sources()
            // The runtime looks for a startup hook outside any namespace.
            .Where(file => Path.GetFileName(file) is not ("Program.cs" or "StartupHook.cs"))
            .Select(file => (file, Found: Namespace().Match(Repository.Text(file)).Groups["name"].Value))
            .Where(pair => pair.Found != $"EcosystemSilo.{Path.GetDirectoryName(pair.file)!.Replace('/', '.')}");

        strays.ShouldBeEmpty();
    }

    internal static IEnumerable<string> Sources() =>
        new[]
        {
            "Grains.Interfaces",
            "Grains",
            "Journal",
            "Senders",
            "Silo",
            "Gateway",
            "LoadTests",
            "Tests",
        }.SelectMany(project => Repository.Files("*.cs", project));

    private static IEnumerable<string> References(string project, string element) =>
        XDocument
            .Load(Repository.PathOf($"{project}/{project}.csproj"))
            .Descendants(element)
            .Select(reference => reference.Attribute("Include")!.Value);

    [GeneratedRegex(
        @"EcosystemSilo\.(?<name>Grains\.Interfaces|Grains|Journal|Senders|Silo|Gateway|LoadTests)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex OurNames();

    [GeneratedRegex(
        @"^namespace (?<name>[\w.]+);",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Namespace();
}
