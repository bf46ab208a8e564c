using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using EcosystemSilo.Senders;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Conventions;

public sealed partial class WordTests
{
    private static readonly Assembly[] Products =
    [
        typeof(IGrains).Assembly,
        typeof(IGrainKind).Assembly,
        typeof(IJournal).Assembly,
        typeof(SendersSetup).Assembly,
        typeof(SiloOptions).Assembly,
        typeof(Edge).Assembly,
    ];

    [Fact]
    public void NoType_HasANameThatSaysNothing()
    {
        string[] empty = ["Manager", "Helper", "Helpers", "Utils", "Util", "Utilities", "Common", "Service", "Misc"];

        Types().Where(type => empty.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void EveryClass_IsSealedOrStaticOrMeantToBeExtended() =>
        Types()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Where(type => type.Name != "Program")
            .Where(type => !Types().Any(other => other.BaseType == type))
            .ShouldBeEmpty();

    [Fact]
    public void WhatIsLeftToDo_IsInAnIssue() =>
        LayeringTests
            .Sources()
            .Concat(Repository.Files("*.ts", "Portal/src"))
            .Concat(Repository.Files("*.tsx", "Portal/src"))
            .Where(file => !file.EndsWith("WordTests.cs", StringComparison.Ordinal))
            .SelectMany(file => LeftToDo().Matches(Repository.Text(file)).Select(match => $"{file}: {match.Value}"))
            .ShouldBeEmpty();

    [Fact]
    public void NoMachine_IsNamed() =>
        LayeringTests
            .Sources()
            .Concat(Repository.Files("*.md"))
            .Concat(Repository.Files("*.yaml"))
            .Where(file => !file.EndsWith("WordTests.cs", StringComparison.Ordinal))
            .Where(file => MachinePath().IsMatch(Repository.Text(file)))
            .ShouldBeEmpty();

    [Fact]
    public void EverySetting_IsDocumentedWhereItIsDeclared()
    {
        var documented = Products.SelectMany(Summaries).ToHashSet(StringComparer.Ordinal);

        Settings.All().Select(setting => setting.Member).ShouldBeSubsetOf(documented);
    }

    [Fact]
    public void EverySetting_IsInTheOperationsGuide()
    {
        var guide = Repository.Text("docs/operations.md");

        Settings
            .All()
            .Where(setting => !guide.Contains($"`{setting.Variable}`", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void EveryVariableInTheOperationsGuide_IsReadSomewhere()
    {
        var known = Settings.All().Select(setting => setting.Variable).ToHashSet(StringComparer.Ordinal);
        var sources = string.Concat(
            LayeringTests
                .Sources()
                .Where(file => !file.StartsWith("Tests/", StringComparison.Ordinal))
                .Select(Repository.Text)
        );

        Variable()
            .Matches(Repository.Text("docs/operations.md"))
            .Select(match => match.Groups["name"].Value)
            .Where(variable => !known.Contains(variable))
            .Where(variable =>
                !sources.Contains(
                    $"\"{variable.Replace("__", ":", StringComparison.Ordinal)}\"",
                    StringComparison.Ordinal
                )
            )
            .ShouldBeEmpty();
    }

    private static IEnumerable<Type> Types() =>
        Products
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("EcosystemSilo", StringComparison.Ordinal) == true)
            .Where(type =>
                !type.Name.Contains('<') && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
            );

    private static IEnumerable<string> Summaries(Assembly assembly) =>
        from member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
        where !string.IsNullOrWhiteSpace(member.Element("summary")?.Value)
        select member.Attribute("name")!.Value;

    [GeneratedRegex(
        @"\b(TODO|FIXME|HACK|XXX)\b(?!.*#\d)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex LeftToDo();

    [GeneratedRegex(@"(/work/|/tmp/wt|/root/|/home/\w)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+__\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Variable();
}
