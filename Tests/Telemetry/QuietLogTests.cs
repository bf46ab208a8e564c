using System.Collections.Concurrent;
using EcosystemSilo.Tests.Processes;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;
using static System.StringComparison;

namespace EcosystemSilo.Tests.Telemetry;

/// <summary>What is in the log under the settings that the product has.</summary>
public sealed class QuietLogTests
{
    /// <summary>A grain is placed whenever it is used after a pause: lines about it would be most of a log.</summary>
    [Fact]
    public async Task GrainsThatComeAndGo_AreNoLinesInTheLog()
    {
        using var lines = new Lines();
        await using var gateway = new RunningGateway().With(services => services.AddSingleton<ILoggerProvider>(lines));
        using var client = gateway.Client();
        await client.RegisterPartner("p-1");
        var before = lines.Written.Count;

        await client.RegisterPartner("p-2");

        before.ShouldBeGreaterThan(0, "a start is told");
        lines.Written.Skip(before).Where(line => !line.StartsWith("EcosystemSilo.", Ordinal)).ShouldBeEmpty();
    }

    private sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

        public void Dispose() { }

        private sealed class Category(Lines lines, string name) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel,
                EventId eventId,
                TState state,
                Exception? exception,
                Func<TState, Exception?, string> formatter
            )
            {
                if (logLevel == LogLevel.Information)
                {
                    lines.Written.Enqueue($"{name}: {formatter(state, exception)}");
                }
            }
        }
    }
}
