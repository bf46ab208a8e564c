using System.Reflection;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Journal;
using EcosystemSilo.Senders;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Conventions;

/// <summary>A log id names one message, and its thousand the project that writes it.</summary>
public sealed class LogTests
{
    [Fact]
    public void EveryLogId_IsUsedOnce() =>
        Messages()
            .GroupBy(message => message.Id)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(message => message.Method))}")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Journal", 1000)]
    [InlineData("Silo", 2000)]
    [InlineData("Gateway", 3000)]
    [InlineData("Senders", 4000)]
    public void ALogId_IsInTheRangeOfItsProject(string project, int first) =>
        Messages()
            .Where(message => message.Project == project)
            .Where(message => message.Id < first || message.Id >= first + 1000)
            .ShouldBeEmpty();

    [Fact]
    public void NoLogMessage_IsWrittenByHand() =>
        LayeringTests
            .Sources()
            .Where(file => !file.StartsWith("Tests/", StringComparison.Ordinal))
            .Where(file =>
                Repository.Text(file) is var text && Written.Any(call => text.Contains(call, StringComparison.Ordinal))
            )
            .ShouldBeEmpty();

    private static readonly string[] Written =
    [
        ".LogTrace(",
        ".LogDebug(",
        ".LogInformation(",
        ".LogWarning(",
        ".LogError(",
        ".LogCritical(",
    ];

    private static IEnumerable<(string Project, int Id, string Method)> Messages() =>
        from assembly in new[] { typeof(IJournal), typeof(SendersSetup), typeof(SiloOptions), typeof(Edge) }.Select(t =>
            t.Assembly
        )
        from type in assembly.GetTypes()
        from method in type.GetMethods(
            BindingFlags.Static
                | BindingFlags.Instance
                | BindingFlags.Public
                | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly
        )
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select (assembly.GetName().Name!.Split('.')[^1], message.EventId, $"{type.Name}.{method.Name}");
}
