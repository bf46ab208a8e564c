using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

public sealed class EvictedSiloTests
{
    [Fact]
    public void ASiloThatIsToldSeveralTimesThatItIsDead_EndsOnce_WithOneLineInTheLog()
    {
        var ends = new List<int>();
        var log = new Lines();
        var silo = new EvictedSilo(ends.Add, log);

        silo.OnFatalException(this, "I have been told I am dead.", null);
        silo.OnFatalException(this, "I have been told I am dead.", new InvalidOperationException("again"));

        ends.ShouldBe([70]);
        log.Written.ShouldHaveSingleItem()
            .ShouldBe(
                "This silo cannot go on and ends with exit code 70; it may be started again at once. "
                    + "I have been told I am dead."
            );
    }

    private sealed class Lines : ILogger<EvictedSilo>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Written.Add(formatter(state, exception));
    }
}
